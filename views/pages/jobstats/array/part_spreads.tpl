{{%AUTOESCAPE context="HTML"}}
<div class="spreads">
{{#SPREAD}}
<div class="card spread"><div class="card-body"><h3>{{NAME}}</h3>
{{#VALUES}}
<p>{{QUARTILES}}</p>
<svg class="bars" viewBox="0 0 {{WIDTH}} 60" preserveAspectRatio="none" role="img">
<title>{{TITLE}}</title>
{{#BIN}}<rect class="bars-bar" x="{{X}}" y="{{Y}}" width="9" height="{{HEIGHT}}"/>{{/BIN}}
{{#LIMIT}}<path class="bars-limit" d="M{{LIMIT_X}} 0V60"/>{{/LIMIT}}
</svg>
<p class="bars-ends"><span>{{LEAST_END}}</span> <span>{{MOST_END}}</span></p>
{{#LIMIT_TEXT}}<p class="section-note">{{LIMIT_SAID}}</p>{{/LIMIT_TEXT}}
<details><summary>[[As a table]]</summary>
<table class="data"><thead><tr><th scope="col">[[From]]</th><th scope="col">[[To]]</th>
<th scope="col" class="num">[[Tasks]]</th></tr></thead>
<tbody>
{{#ROW}}
<tr><td>{{ROW_FROM}}</td><td>{{ROW_TO}}</td><td class="num">{{ROW_TASKS}}</td></tr>
{{/ROW}}
</tbody></table></details>
{{/VALUES}}
{{#NONE}}<p class="no-data">[[no data]]</p>{{/NONE}}
{{#AWAY}}{{>MISSING}}{{/AWAY}}
</div></div>
{{/SPREAD}}
</div>
