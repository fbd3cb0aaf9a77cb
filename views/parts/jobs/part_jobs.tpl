{{%AUTOESCAPE context="HTML"}}
<div class="table-box has-cards is-jobs" tabindex="0" role="region"
 aria-label="[[Table]] – {{LABEL}}">
<table class="data">
{{#ONE_PARTITION}}<caption>[[Partition of these jobs: {{PARTITION}}]]</caption>{{/ONE_PARTITION}}
<thead><tr>
<th scope="col">[[Job]]</th>
{{#RAN_HEAD}}
<th scope="col">[[State]]</th>
<th scope="col">[[Verdict]]</th>
{{/RAN_HEAD}}
<th scope="col">[[Name]] <span class="unit">{{#ONE_PARTITION}}[[account]]{{/ONE_PARTITION}}
{{#PARTITIONS}}[[account, partition]]{{/PARTITIONS}}</span></th>
<th scope="col" class="col-submitted">[[Submitted]]</th>
{{#RAN_HEAD}}
<th scope="col" class="col-started">[[Started]]</th>
<th scope="col" class="num col-time">[[Time]] <span class="unit">[[of limit]]</span></th>
{{/RAN_HEAD}}
{{#WAIT_HEAD}}<th scope="col" class="num col-time">[[Time limit]]</th>{{/WAIT_HEAD}}
{{#PLAIN_HEAD}}<th scope="col" class="num col-nodes">{{PLAIN_TITLE}}</th>{{/PLAIN_HEAD}}
<th scope="col" class="{{#WAIT_HEAD}}num {{/WAIT_HEAD}}col-cores">[[Cores]]
{{#RAN_HEAD}}<span class="unit">[[usage]]</span>{{/RAN_HEAD}}</th>
<th scope="col" class="{{#WAIT_HEAD}}num {{/WAIT_HEAD}}col-memory">[[Memory]]
{{#RAN_HEAD}}<span class="unit">[[usage]]</span>{{/RAN_HEAD}}</th>
<th scope="col" class="{{#WAIT_HEAD}}num {{/WAIT_HEAD}}col-gpus">[[GPUs]]
{{#RAN_HEAD}}<span class="unit">[[usage]]</span>{{/RAN_HEAD}}</th>
{{#WAIT_HEAD}}<th scope="col">[[Why it waits]]</th>{{/WAIT_HEAD}}
</tr></thead>
<tbody>
{{#GROUP}}
{{#ARRAY}}
<tr class="is-array">
<th scope="row" class="card-wide"><a href="{{ARRAY_LINK}}">{{ARRAY_NUMBER}}</a>
<button class="fold" type="button"
 data-fold="{{FOLD_ID}}" aria-expanded="true"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#next"></use></svg> {{TASKS}}</button></th>
{{#ARRAY_RAN}}<td data-label="[[State]]" class="cell-states">
{{#TALLY}}{{>TALLY_STATE}} {{/TALLY}}</td>
{{/ARRAY_RAN}}
<td data-label="[[Name]]" class="cell-name" colspan="{{NAME_SPAN}}"
 translate="no">{{ARRAY_NAME}}<br>
<small>{{ARRAY_ACCOUNT}}{{#MEDIAN}},
 [[median run time {{MEDIAN_TIME}}]]{{/MEDIAN}}</small></td></tr>
{{/ARRAY}}
{{#ROW}}
<tr class="is-link{{#TASK}} is-task{{/TASK}}"{{#FOLDED}} data-fold-of="{{FOLD_ID}}"{{/FOLDED}}>
<th scope="row" class="card-wide">
{{#LINKED}}<a class="row-link" href="{{HREF}}">{{NUMBER}}</a>{{/LINKED}}
{{#UNLINKED}}{{NUMBER}}{{/UNLINKED}}
{{#MORE}} <small><a class="over-link" href="{{MORE_LINK}}">{{MORE_TEXT}}</a></small>{{/MORE}}</th>
{{#RAN}}<td class="card-state">{{>STATE}}</td>
<td class="cell-verdict">{{>GRADE}}{{#HAS_FACT}} <small>{{FACT}}</small>{{/HAS_FACT}}</td>{{/RAN}}
<td data-label="[[Name]]" class="cell-name" translate="no" title="{{NAME}}">{{NAME}}<br>
<small>{{ACCOUNT}}</small></td>
<td data-label="[[Submitted]]" class="col-submitted">{{>SUBMITTED}}</td>
{{#RAN}}
<td data-label="[[Started]]" class="col-started">{{>STARTED}}
{{#NOT_STARTED}}<span class="no-data">[[never]]</span>{{/NOT_STARTED}}
{{#END_LOST}}<br><small class="no-data">[[end not recorded]]</small>{{/END_LOST}}</td>
<td data-label="[[Time]]" class="num col-time">{{#USED}}{{USED_TIME}}{{/USED}}
{{#SINCE}}<time class="when"
 datetime="{{SINCE_ISO}}" data-style="since">{{USED_TIME}}</time>{{/SINCE}}
{{#UNUSED}}<span class="no-data">–</span>{{/UNUSED}}
<small>{{#LIMITED}}[[of {{ASKED}}]]{{/LIMITED}}
{{#UNLIMITED}}[[no limit]]{{/UNLIMITED}}{{#UNSET}}[[limit of its partition]]{{/UNSET}}</small></td>
{{/RAN}}
{{#WAITS}}
<td data-label="[[Time limit]]" class="num col-time">{{#LIMITED}}{{ASKED}}{{/LIMITED}}
{{#UNLIMITED}}[[no limit]]{{/UNLIMITED}}{{#UNSET}}[[limit of its partition]]{{/UNSET}}</td>
{{/WAITS}}
{{#PLAIN}}<td data-label="{{PLAIN_TITLE}}" class="num col-nodes">{{PLAIN_TEXT}}</td>{{/PLAIN}}
<td data-label="[[Cores]]" class="{{CELL}} col-cores">{{CORES}}{{#RAN}} {{>CORES_BAR}}{{/RAN}}</td>
<td data-label="[[Memory]]" class="{{CELL}} col-memory">{{MEMORY}}
{{#RAN}} {{>MEMORY_BAR}}{{/RAN}}</td>
<td data-label="[[GPUs]]" class="{{CELL}} col-gpus">{{GPUS}}
{{#HAS_GPU}} {{>GPU_BAR}}{{/HAS_GPU}}</td>
{{#WAITS}}<td data-label="[[Why it waits]]" class="cell-reason">{{REASON}}</td>{{/WAITS}}
</tr>
{{/ROW}}
{{/GROUP}}
</tbody>
</table></div>
<p class="pager is-narrow" data-more hidden><button class="button" type="button">[[Show more]]
<svg class="icon" aria-hidden="true"><use href="{{ICONS}}#next"></use></svg></button></p>
