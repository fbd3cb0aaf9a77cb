{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Large memory nodes]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{>NOTICES}}
<section class="section" id="jobs" aria-labelledby="jobs-title">
<div class="section-head"><h2 id="jobs-title">[[Running jobs]]</h2></div>
<p class="section-note">[[Jobs in partitions with “{{WHICH}}” in their name that have run for more
 than {{AFTER}} min and could start at the earliest {{DAYS}} days ago.]]</p>
{{#TABLE}}
<div class="table-box has-cards is-dense{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – [[Running jobs]]"><table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row">{{>USER}}</th>
<td data-label="[[Job]]">{{#LINK}}<a href="{{HREF}}">{{NUMBER}}</a>{{/LINK}}
{{#PLAIN}}{{NUMBER}}{{/PLAIN}}<br><small translate="no">{{PARTITION}}</small></td>
<td data-label="[[Submitted]]">{{>SUBMITTED}}</td>
<td data-label="[[Started]]">{{>STARTED}}</td>
<td data-label="[[Allocated cores]]" class="num">{{>CORES}}</td>
<td data-label="[[Used cores]]" class="num">{{>USED_CORES}}</td>
<td data-label="[[Share of cores used]]" class="cell-bar">{{>CORES_BAR}}</td>
<td data-label="[[Allocated memory]]" class="num">{{>MEMORY}}</td>
<td data-label="[[Highest use of memory]]" class="num">{{>MAX_MEMORY}}</td>
<td data-label="[[Share of memory used]]" class="cell-bar">{{>MEMORY_BAR}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{#MORE}}<p class="pager">{{MORE_TEXT}}</p>{{/MORE}}
{{/TABLE}}
{{#NONE}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No job runs there]]</b>
<p>[[Jobs appear here once they have run for a while.]]</p></div>{{/NONE}}
</section>
