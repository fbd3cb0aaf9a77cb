{{%AUTOESCAPE context="HTML"}}
<div class="table-box" tabindex="0" role="region" aria-label="[[Energy and cost]]">
<table class="data"><thead><tr><th scope="col">[[Energy and cost]]</th>
<th scope="col" class="num">[[This job]]</th></tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row"{{#INDENT}} class="is-part"{{/INDENT}}>{{KIND}}{{#DETAIL}}
<small>{{DETAIL_TEXT}}</small>{{/DETAIL}}{{#MODEL}}
<small translate="no">{{MODEL_NAME}}</small>{{/MODEL}}</th><td class="num">{{>AMOUNT}}</td></tr>
{{/ROW}}
</tbody>{{#COVERED}}<caption>{{COVERED_TEXT}}</caption>{{/COVERED}}</table></div>
