{{%AUTOESCAPE context="HTML"}}
<div class="table-box has-cards is-dense{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – [[Who wasted most]]"><table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#ROW}}
<tr{{#LINKED}} class="is-link"{{/LINKED}}><th scope="row" class="card-wide">
{{#LINK}}<a class="row-link" href="{{HREF}}" translate="no">{{NAME}}</a>{{/LINK}}
{{#PLAIN}}<span translate="no">{{NAME}}</span>{{/PLAIN}}
{{#UNNAMED}}<span class="no-data">[[unnamed]]</span>{{/UNNAMED}}</th>{{>CELLS}}</tr>
{{/ROW}}
</tbody>
<tfoot><tr><th scope="row" class="card-wide">[[Total]]</th>{{>TOTAL}}</tr></tfoot>
</table></div>
{{#MORE}}<p class="pager">{{MORE_TEXT}}</p>{{/MORE}}
