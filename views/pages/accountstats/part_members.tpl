{{%AUTOESCAPE context="HTML"}}
{{#AWAY}}<p class="card card-body">{{>SOURCE}}</p>{{/AWAY}}
{{#NOBODY}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[Nobody used this account]]</b>
<p>[[No job of this account was seen in this period. Choose a longer one.]]</p></div>{{/NOBODY}}
{{#TABLE}}
<div class="table-box has-cards is-grouped{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – [[Usage by member]]">
<table class="data"><thead><tr class="is-groups"><td></td>
{{#GROUP}}<th scope="colgroup" colspan="4">{{GROUP_NAME}}
<span class="unit">{{GROUP_UNIT}}</span></th>
{{/GROUP}}</tr>
<tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#ROW}}
<tr{{#LINKED}} class="is-link"{{/LINKED}}><th scope="row" class="card-wide">
{{#LINK}}<a class="row-link" href="{{HREF}}" translate="no">{{LOGIN}}</a>{{/LINK}}
{{#PLAIN}}<span translate="no">{{LOGIN}}</span>{{/PLAIN}}
{{#UNNAMED}}<span class="no-data">[[unknown user]]</span>{{/UNNAMED}}
{{#FORMER}}<small>[[no longer a member]]</small>{{/FORMER}}</th>
{{>CELLS}}</tr>
{{/ROW}}
</tbody>
<tfoot><tr><th scope="row" class="card-wide">[[Total]]</th>
{{>TOTAL}}</tr></tfoot>
</table></div>
{{/TABLE}}
