{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>{{#MINE}}[[My jobs]]{{/MINE}}{{#OTHER}}[[Jobs of {{OWNER}}]]{{/OTHER}}</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
<li><a href="#now">[[Now]]</a></li>
{{#WAITING}}<li><a href="#waiting">[[Waiting]]</a></li>{{/WAITING}}
<li><a href="#jobs">[[Jobs]]</a></li>
{{#GRAPHS}}<li><a href="#graphs">[[Usage over time]]</a></li>{{/GRAPHS}}
</ul></nav>
{{>NOTICES}}
<section class="section" id="now" aria-labelledby="now-title" data-live-part="now">
<div class="section-head"><h2 id="now-title">{{#MINE}}[[Your current usage]]{{/MINE}}
{{#OTHER}}[[Current usage]]{{/OTHER}}</h2></div>
<p class="section-note">{{COUNTS}}</p>
{{>TILES}}
</section>
{{#WAITING}}
<section class="section" id="waiting" aria-labelledby="waiting-title" data-live-part="waiting">
<div class="section-head"><h2 id="waiting-title">[[Waiting jobs]]</h2></div>
{{>WAITING_JOBS}}
{{#MORE_WAITING}}<nav class="pager" aria-label="[[Waiting jobs]]"><a class="button"
 href="{{MORE_WAITING_LINK}}#waiting">[[Jobs waiting longer]] <svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#next"></use></svg></a></nav>{{/MORE_WAITING}}
</section>
{{/WAITING}}
<section class="section" id="jobs" aria-labelledby="jobs-title">
<div class="section-head"><h2 id="jobs-title">[[Running and past jobs]]</h2>
<div class="section-tools"><form class="go-to" method="get" action="{{BASE}}/secure/jobstats/">
<label class="hidden-text" for="go-job">[[Job number]]</label>
<input id="go-job" name="job" inputmode="numeric" pattern="[0-9_+]+" required size="12"
 placeholder="[[Job number]]"> <button class="button"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#search"></use></svg> [[Go to job]]</button></form></div></div>
<form class="card filters" method="get" role="search" action="{{PAGE}}">
<div class="field"><label for="f-state">[[State]]</label><select id="f-state" name="state">
<option value="">[[all]]</option>
{{#STATE_OPTION}}
<option value="{{STATE_VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{STATE_WORD}}</option>
{{/STATE_OPTION}}</select></div>
<div class="field"><label for="f-account">[[Account]]</label><input id="f-account" name="account"
 list="accounts" maxlength="64" size="14" value="{{F_ACCOUNT}}"></div>
<div class="field"><label for="f-partition">[[Partition]]</label><input id="f-partition"
 name="partition" list="partitions" maxlength="64" size="14" value="{{F_PARTITION}}"></div>
<div class="field"><label for="f-name">[[Name contains]]</label><input id="f-name" name="name"
 maxlength="64" size="14" value="{{F_NAME}}"></div>
<div class="field"><label for="f-from">[[From]] <span class="unit" translate="no">UTC</span></label>
<input id="f-from" name="from" type="date" value="{{F_FROM}}"></div>
<div class="field"><label for="f-to">[[To]] <span class="unit" translate="no">UTC</span></label>
<input id="f-to" name="to" type="date" value="{{F_TO}}"></div>
<div class="filters-actions"><button class="button is-main"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#filter"></use></svg> [[Apply]]</button>
{{#FILTERED}}<a class="button is-quiet" href="{{PAGE}}">[[Clear]]</a>{{/FILTERED}}</div>
<datalist id="accounts">
{{#ACCOUNT}}<option value="{{ACCOUNT_NAME}}"></option>{{/ACCOUNT}}</datalist>
<datalist id="partitions">
{{#PARTITION}}<option value="{{PARTITION_NAME}}"></option>{{/PARTITION}}</datalist>
</form>
{{>JOBS}}
{{#JOBS_AWAY}}<p class="card card-body">{{>AWAY}}</p>{{/JOBS_AWAY}}
{{#NONE_YET}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No jobs yet]]</b>
<p>[[Jobs appear here as soon as they start. Submit one with sbatch.]]</p></div>{{/NONE_YET}}
{{#NONE_FOUND}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No job matches]]</b>
<p>[[Widen the dates or clear the filter.]]</p></div>{{/NONE_FOUND}}
{{#SO_FAR}}<p class="card card-body">{{SO_FAR_TEXT}}</p>{{/SO_FAR}}
{{#PAGER}}<nav class="pager" aria-label="[[Pages]]">
{{#FIRST}}<a class="button" href="{{FIRST_LINK}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#previous"></use></svg> [[Newest]]</a>{{/FIRST}}
{{#NEXT}}<a class="button" rel="next"
 href="{{NEXT_LINK}}">{{#OLDER}}[[Older]]{{/OLDER}}{{#ON}}[[Search on]]{{/ON}}
<svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#next"></use></svg></a>{{/NEXT}}
<span class="pager-gap">{{SHOWN}}</span></nav>{{/PAGER}}
</section>
{{#GRAPHS}}
<section class="section" id="graphs" aria-labelledby="graphs-title">
<div class="section-head"><h2 id="graphs-title">[[Usage over time]]</h2>
<div class="section-tools">{{>RANGES}}<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
<p class="section-note">{{#MINE}}[[All your jobs combined.]]{{/MINE}}
{{#OTHER}}[[All jobs combined.]]{{/OTHER}}</p>
{{>CHARTS}}
</section>
{{/GRAPHS}}
