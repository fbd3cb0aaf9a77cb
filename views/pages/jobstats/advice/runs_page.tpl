{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1 translate="no">{{NAME}}</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<p class="section-note">[[Jobs whose names differ only by digits stand together.]]</p>
<dl class="facts">
{{#OTHER}}<div><dt>[[Owner]]</dt><dd translate="no">{{OWNER}}</dd></div>{{/OTHER}}
<div><dt>[[Account]]</dt><dd translate="no">{{ACCOUNT}}</dd></div>
</dl>
{{#ACCOUNTS}}<nav class="chips" aria-label="[[Account]]">
{{#ACCOUNT_CHOICE}}<a class="chip" href="{{ACCOUNT_LINK}}" translate="no"
{{#SHOWN}} aria-current="true"{{/SHOWN}}>{{ACCOUNT_NAME}}</a>
{{/ACCOUNT_CHOICE}}</nav>{{/ACCOUNTS}}
<div class="section" id="advice">
{{>NEXT_TIME}}
{{#NO_CHANGE}}<p class="section-note">[[Nothing to change: the newest run used what it requested.]]
</p>{{/NO_CHANGE}}
{{#UNMEASURED}}<p class="section-note">[[No advice: none of these runs completed and was measured.]]
</p>{{/UNMEASURED}}
{{#ADVICE_MISSING}}<p class="notice is-warn"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#warn"></use></svg> <span class="notice-text">[[Slurm's database is not
 available: there is no advice.]]</span></p>{{/ADVICE_MISSING}}
</div>
{{#RUNS}}
<section class="section" id="runs" aria-labelledby="runs-title">
<div class="section-head"><h2 id="runs-title">[[Newest runs]]</h2></div>
<div class="table-box has-cards" tabindex="0" role="region"
 aria-label="[[Table]] – [[Newest runs]]">
<table class="data"><thead><tr><th scope="col">[[Job]]</th><th scope="col">[[State]]</th>
<th scope="col">[[Ended]]</th>
<th scope="col">[[Time]] <span class="unit">[[of limit]]</span></th>
<th scope="col">[[Cores]] <span class="unit">[[usage]]</span></th>
<th scope="col">[[Memory]] <span class="unit">[[usage]]</span></th>
{{#GPUS_HEAD}}<th scope="col">[[GPUs]] <span class="unit">[[usage]]</span></th>{{/GPUS_HEAD}}
<th scope="col" class="num">[[Core-hours wasted]]</th>
{{#GPUS_HEAD}}<th scope="col" class="num">[[GPU-hours wasted]]</th>{{/GPUS_HEAD}}
{{#COST_HEAD}}<th scope="col" class="num">[[Cost wasted]]</th>{{/COST_HEAD}}</tr></thead>
<tbody>
{{#RUN}}<tr class="is-link"><th scope="row" class="card-wide"><a class="row-link"
 href="{{LINK}}">{{NUMBER}}</a></th>
<td class="card-state">{{>STATE}}</td>
<td data-label="[[Ended]]">{{>ENDED}}</td>
<td class="cell-bar" data-label="[[Time]]">{{>TIME_BAR}}<br>
<small>[[{{RAN}} of {{LIMIT}}]]</small></td>
<td class="cell-bar" data-label="[[Cores]]">{{>CORES_BAR}}<br>
<small>[[of {{CORES_HAD}}]]</small></td>
<td class="cell-bar" data-label="[[Memory]]">{{>MEMORY_BAR}}<br>
<small>[[of {{MEMORY_HAD}}]]</small></td>
{{#GPUS}}<td class="cell-bar" data-label="[[GPUs]]">{{#HAD}}{{>GPUS_BAR}}<br>
<small>[[of {{GPUS_HAD}}]]</small>{{/HAD}}{{#HAD_NONE}}–{{/HAD_NONE}}</td>{{/GPUS}}
<td class="num" data-label="[[Core-hours wasted]]">{{>WASTED_CORES}}</td>
{{#GPUS}}<td class="num" data-label="[[GPU-hours wasted]]">{{#HAD}}{{>WASTED_GPUS}}{{/HAD}}
{{#HAD_NONE}}–{{/HAD_NONE}}</td>{{/GPUS}}
{{#COST}}<td class="num" data-label="[[Cost wasted]]">{{>COST_WASTED}}</td>{{/COST}}</tr>
{{/RUN}}</tbody></table></div>
{{#CUT}}<p class="section-note">[[Only the newest runs are shown.]]</p>{{/CUT}}
</section>
{{/RUNS}}
{{#NONE}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No run of this name is known]]</b>
<p>[[Jobs appear here some minutes after their end.]]</p></div>{{/NONE}}
