{{%AUTOESCAPE context="HTML"}}
<div class="table-box has-cards" tabindex="0" role="region" aria-label="[[Table]] – [[Resources]]">
<table class="data"><thead><tr><th scope="col">[[Type]]</th>
<th scope="col" class="num">[[Requested]]</th><th scope="col" class="num">[[Allocated]]</th>
<th scope="col" class="num">[[Used]]</th><th scope="col">[[Share]]</th></tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row" class="card-wide">{{KIND}}{{#DETAIL}}
<small translate="no">{{DETAIL_TEXT}}</small>{{/DETAIL}}</th>
<td data-label="[[Requested]]" class="num">{{>ASKED}}{{#NOT_ASKED}}<span
 class="no-data">–</span>{{/NOT_ASKED}}{{#NO_LIMIT}}[[no limit]]{{/NO_LIMIT}}</td>
<td data-label="[[Allocated]]" class="num">{{>ALLOCATED}}{{#NOT_ALLOCATED}}<span
 class="no-data">–</span>{{/NOT_ALLOCATED}}</td>
<td data-label="[[Used]]" class="num">{{>USED}}{{#NOT_USED}}<span
 class="no-data">–</span>{{/NOT_USED}}</td>
<td data-label="[[Share]]" class="cell-bar">{{>SHARE}}{{#NO_SHARE}}<span
 class="no-data">–</span>{{/NO_SHARE}}</td></tr>
{{/ROW}}
</tbody></table></div>
