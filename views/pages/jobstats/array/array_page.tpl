{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1><span translate="no">{{NAME}}</span>
<span class="title-id">[[Array {{NUMBER}}]]</span></h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<dl class="facts array-facts">
{{#OTHERS}}<div><dt>[[Owner]]</dt>
<dd translate="no"><a href="{{USER_LINK}}">{{OWNER}}</a></dd></div>{{/OTHERS}}
<div><dt>[[Account]]</dt><dd translate="no">{{ACCOUNT}}</dd></div>
<div><dt>[[Partition]]</dt><dd translate="no">{{PARTITION}}</dd></div>
<div><dt>[[Tasks]]</dt><dd>{{TASK_COUNT}}</dd></div>
<div><dt>[[Each task requests]]</dt><dd>{{EACH}}</dd></div>
</dl>
{{>NOTICES}}
<section class="section" id="progress" aria-labelledby="progress-title" data-live-part="progress">
<div class="section-head"><h2 id="progress-title">[[Progress]]</h2></div>
<div class="card"><div class="card-body">
<svg class="array-bar" viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true">
{{#PIECE}}<rect class="{{TONE}}" x="{{X}}" width="{{WIDTH}}" height="18"/>{{/PIECE}}
</svg>
<ul class="array-states">
{{#STATE_ITEM}}<li>{{#LINKED}}<a class="chip" href="{{HREF}}#tasks"{{#CHOSEN}}
 aria-current="true"{{/CHOSEN}}>{{/LINKED}}{{>STATE}}{{#LINKED_END}}</a>{{/LINKED_END}}</li>
{{/STATE_ITEM}}
</ul>
<p>{{PACE}}</p>
{{#END}}<p>[[At this pace the last task ends about]] {{>EXPECTED}}</p>{{/END}}
{{#WAITS}}<p>{{REASON}} <a href="{{WAIT_LINK}}">[[The tasks that wait]]</a></p>{{/WAITS}}
{{#BARS}}
<h3>{{BARS_TITLE}}</h3>
<svg class="bars" viewBox="0 0 {{BARS_WIDTH}} 60" preserveAspectRatio="none" role="img">
<title>{{BARS_TITLE}}</title>
{{#BAR}}<rect class="bars-other" x="{{X}}" y="{{OTHER_Y}}" width="9" height="{{OTHER_HEIGHT}}"/>
<rect class="bars-bar" x="{{X}}" y="{{Y}}" width="9" height="{{HEIGHT}}"/>{{/BAR}}
</svg>
<p class="bars-ends">{{>FIRST_END}} {{>LAST_END}}</p>
<details><summary>[[As a table]]</summary>
<table class="data"><thead><tr><th scope="col">[[From]]</th>
<th scope="col" class="num">[[Completed]]</th><th scope="col" class="num">[[Ended otherwise]]</th>
</tr></thead><tbody>
{{#BAR_ROW}}
<tr><td>{{>BAR_FROM}}</td><td class="num">{{BAR_DONE}}</td><td class="num">{{BAR_OTHERS}}</td></tr>
{{/BAR_ROW}}
</tbody></table></details>
{{/BARS}}
</div></div>
</section>
<div data-live-part="tasks">
<section class="section" id="grid" aria-labelledby="grid-title">
<div class="section-head"><h2 id="grid-title">[[All tasks]]</h2></div>
{{#GRID_CUT}}<p class="section-note">{{GRID_CUT_TEXT}}</p>{{/GRID_CUT}}
<div class="card"><div class="card-body">
<div class="squares" role="group" aria-label="[[One square for each task. Arrow keys move.]]"
 data-squares="{{TASK_BASE}}" data-query="{{TASK_QUERY}}"
{{#MARKED}} data-marked="{{MARKED_TASK}}"{{/MARKED}} hidden></div>
<details class="squares-text" open><summary>[[As text]]</summary>
<dl class="facts is-long">
{{#INDICES}}<div><dt>{{>INDEX_STATE}}</dt>
<dd data-tasks data-tone="{{TONE}}" data-sign="{{SIGN}}" data-word="{{WORD}}"
>{{LIST}}</dd></div>
{{/INDICES}}
</dl></details>
</div></div>
</section>
{{#RETRIES}}
<section class="section" id="failed" aria-labelledby="failed-title">
<div class="section-head"><h2 id="failed-title">[[Run the failed tasks again]]</h2></div>
<p class="section-note">[[Tasks whose newest attempt ended badly. Those that run, wait or have
 completed since are left out.]]</p>
{{#RETRY}}
<div class="card retry"><div class="card-body"><h3>{{RETRY_TITLE}}</h3>
<div class="copy-line"><code id="{{RETRY_ID}}" translate="no">--array={{RETRY_LIST}}</code>
<button class="button" type="button" data-copy-of="{{RETRY_ID}}" hidden><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#copy"></use></svg> <span>[[Copy]]</span></button></div>
{{#RETRY_CUT}}<p>[[The list is cut: the array has more of them.]]</p>{{/RETRY_CUT}}
</div></div>
{{/RETRY}}
</section>
{{/RETRIES}}
</div>
{{#MEASURED}}
<section class="section" id="spread" aria-labelledby="spread-title">
<div class="section-head"><h2 id="spread-title">[[How the tasks ran]]</h2></div>
<p class="section-note">{{MEASURED_TEXT}}</p>
{{>SPREADS}}
{{#OUTLIERS}}
<h3>[[Tasks that differ much from the others]]</h3>
<ul class="outliers">
{{#OUTLIER}}<li><a href="{{OUTLIER_LINK}}">{{OUTLIER_NUMBER}}</a> {{OUTLIER_TEXT}}</li>
{{/OUTLIER}}
</ul>
{{/OUTLIERS}}
</section>
{{/MEASURED}}
<section class="section" id="tasks" aria-labelledby="tasks-title">
<div class="section-head"><h2 id="tasks-title">[[Table of tasks]]</h2></div>
<nav class="chips" aria-label="[[Sort by]]">
{{#ORDER}}<a class="chip" href="{{ORDER_LINK}}#tasks"{{#ORDER_NOW}}
 aria-current="true"{{/ORDER_NOW}}>{{ORDER_WORD}}{{#UP}} <span aria-hidden="true">▲</span><span
 class="hidden-text">[[smallest first]]</span>{{/UP}}{{#DOWN}} <span
 aria-hidden="true">▼</span><span class="hidden-text">[[largest first]]</span>{{/DOWN}}</a>
{{/ORDER}}{{#ALL}}<a class="chip" href="{{ALL_LINK}}#tasks">[[Show all states]]</a>{{/ALL}}</nav>
{{>ROWS}}
{{#NO_ROWS}}<p class="card card-body">[[No task has a row of its own here: Slurm keeps waiting tasks
 in one.]]</p>{{/NO_ROWS}}
<nav class="pager" aria-label="[[Pages]]">
{{#PREVIOUS}}<a class="button" rel="prev" href="{{PREVIOUS_LINK}}#tasks"><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#previous"></use></svg> [[Previous]]</a>{{/PREVIOUS}}
{{#NEXT}}<a class="button" rel="next" href="{{NEXT_LINK}}#tasks">[[Next]] <svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#next"></use></svg></a>{{/NEXT}}
<span class="pager-gap">{{SHOWN}}</span></nav>
</section>
