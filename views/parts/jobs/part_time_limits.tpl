{{%AUTOESCAPE context="HTML"}}
<div class="table-box has-cards is-dense" tabindex="0" role="region"
 aria-label="[[Table]] – [[Time limits]] – {{WHO}}"><table class="data">
<thead><tr><th scope="col">{{WHO}}</th>
<th scope="col" class="num">[[Jobs with a limit]]</th>
<th scope="col" class="num">[[Hours requested]]</th><th scope="col" class="num">[[Hours run]]</th>
<th scope="col">[[Time used]]</th>
<th scope="col" class="num">[[Ended at their limit]]</th>
<th scope="col" class="num">[[Shorter than 5 min]]</th></tr></thead>
<tbody>
{{#ROW}}<tr><th scope="row" class="card-wide">{{#LINK}}<a href="{{HREF}}"
 translate="no">{{NAME}}</a>{{/LINK}}{{#PLAIN}}<span translate="no">{{NAME}}</span>{{/PLAIN}}
{{#UNNAMED}}<span class="no-data">[[unnamed]]</span>{{/UNNAMED}}</th>
<td class="num" data-label="[[Jobs with a limit]]">{{JOBS}}</td>
<td class="num" data-label="[[Hours requested]]">{{>REQUESTED}}</td>
<td class="num" data-label="[[Hours run]]">{{>RAN}}</td>
<td class="cell-bar" data-label="[[Time used]]">{{>BAR}}</td>
<td class="num" data-label="[[Ended at their limit]]">{{ENDED}}</td>
<td class="num" data-label="[[Shorter than 5 min]]">{{SHORT}}</td></tr>
{{/ROW}}</tbody></table></div>
