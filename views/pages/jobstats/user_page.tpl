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
{{#WASTE}}
<section class="section" id="waste" aria-labelledby="waste-title">
<div class="section-head"><h2 id="waste-title">[[Jobs that ended in the last 30 days]]</h2>
<div class="section-tools"><a class="button" href="{{WASTE_LINK}}">[[What wasted most]]
<svg class="icon" aria-hidden="true"><use href="{{ICONS}}#next"></use></svg></a></div></div>
<p class="card card-body">{{WASTE_TEXT}}
{{#KEPT_SINCE}}<br><small>{{KEPT_SINCE_TEXT}}</small>{{/KEPT_SINCE}}</p>
</section>
{{/WASTE}}
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
<div class="section-tools"><details class="pick" data-menu data-columns
 hidden><summary>[[Columns]]</summary><fieldset class="pick-list"><legend
 class="hidden-text">[[Columns]]</legend>
{{#COLUMN}}
<label><input type="checkbox" value="{{COLUMN_KEY}}" checked> {{COLUMN_NAME}}</label>
{{/COLUMN}}
</fieldset></details>
<a class="button is-quiet" href="{{EXPORT}}" download><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#download"></use></svg> [[Download CSV]]</a>
<form class="go-to" method="get" action="{{BASE}}/secure/jobstats/">
<label class="hidden-text" for="go-job">[[Job number]]</label>
<input id="go-job" name="job" inputmode="numeric" pattern="[0-9_+]+" required size="12"
 placeholder="[[Job number]]"> <button class="button"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#search"></use></svg> [[Go to job]]</button></form></div></div>
{{>FILTER}}
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
><use href="{{ICONS}}#previous"></use></svg>
{{#NEWEST}}[[Newest]]{{/NEWEST}}{{#TOP}}[[Beginning]]{{/TOP}}</a>{{/FIRST}}
{{#NEXT}}<a class="button" rel="next"
 href="{{NEXT_LINK}}">{{#OLDER}}[[Older]]{{/OLDER}}{{#ON}}[[Search on]]{{/ON}}
{{#MORE}}[[More]]{{/MORE}}
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
