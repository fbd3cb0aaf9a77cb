{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>{{#MINE}}[[My summary]]{{/MINE}}
{{#OTHER}}[[Summary of {{OWNER}}]]{{/OTHER}}</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
{{#QUOTA_LINKS}}<li><a href="#quotas">[[Quotas]]</a></li>{{/QUOTA_LINKS}}
<li><a href="#now">[[Now]]</a></li>
<li><a href="#jobs">[[Jobs]]</a></li>
{{#GRAPHS}}<li><a href="#graphs">[[Quotas over time]]</a></li>{{/GRAPHS}}
{{#LOOKS_LINK}}<li><a href="#looks">[[Staff visits]]</a></li>{{/LOOKS_LINK}}
</ul></nav>
{{>NOTICES}}
{{#QUOTAS}}
<section class="section" id="quotas" aria-labelledby="quotas-title">
<div class="section-head"><h2 id="quotas-title">[[Quotas]]</h2>
{{#QUOTAS_MORE}}<div class="section-tools"><a class="button" href="{{QUOTAS_HREF}}"><svg
 class="icon" aria-hidden="true"><use href="{{ICONS}}#quota"></use></svg>
[[Who uses the projects]]</a></div>{{/QUOTAS_MORE}}</div>
<p class="section-note">[[Fullest first.]]</p>
<div class="columns">
{{#QUOTA}}
<article class="card quota"><h3><span translate="no">{{TITLE}}</span>
{{#PLACE}}<small translate="no">{{PLACE_NAME}}</small>{{/PLACE}}</h3>
{{>LINES}}</article>
{{/QUOTA}}
</div>
</section>
{{/QUOTAS}}
<section class="section" id="now" aria-labelledby="now-title">
<div class="section-head"><h2 id="now-title">{{#MINE}}[[Your current usage]]{{/MINE}}
{{#OTHER}}[[Current usage]]{{/OTHER}}</h2></div>
<p class="section-note">{{COUNTS}}</p>
{{>TILES}}
</section>
<section class="section" id="jobs" aria-labelledby="jobs-title">
<div class="section-head"><h2 id="jobs-title">[[The ten latest jobs]]</h2>
{{#JOBS_MORE}}<div class="section-tools"><a class="button" href="{{JOBS_HREF}}"><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#jobs"></use></svg> [[All jobs]]</a></div>{{/JOBS_MORE}}
</div>
{{#WAITING}}<h3 class="quota-sub">[[Waiting jobs]]</h3>
{{>WAITING_JOBS}}{{/WAITING}}
{{#RAN}}<h3 class="quota-sub">[[Running and past jobs]]</h3>
{{>JOBS}}{{/RAN}}
{{#JOBS_AWAY}}<p class="card card-body">{{>AWAY}}</p>{{/JOBS_AWAY}}
{{#NONE_YET}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No jobs yet]]</b>
<p>[[Jobs appear here as soon as they start. Submit one with sbatch.]]</p></div>{{/NONE_YET}}
</section>
{{#GRAPHS}}
<section class="section" id="graphs" aria-labelledby="graphs-title">
<div class="section-head"><h2 id="graphs-title">[[Quotas over time]]</h2>
<div class="section-tools">{{>RANGES}}<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
{{>CHARTS}}
</section>
{{/GRAPHS}}
{{#LOOKS}}
<section class="section" id="looks" aria-labelledby="looks-title">
<div class="section-head"><h2 id="looks-title">[[Staff visits to these pages]]</h2></div>
<p class="section-note">[[Staff can open every user's pages to help and to look after the cluster.
 Every visit is logged; the latest are below.]]</p>
{{#LOOKS_AWAY}}<p class="card card-body">{{>AWAY}}</p>{{/LOOKS_AWAY}}
{{#LOOKS_NONE}}<p class="card card-body">[[No staff member has viewed these pages.]]</p>
{{/LOOKS_NONE}}
{{#LOOKS_TABLE}}<div class="table-box has-cards" tabindex="0" role="region"
 aria-label="[[Staff visits]]">
<table class="data"><thead><tr><th scope="col">[[When]]</th><th scope="col">[[Who]]</th>
<th scope="col">[[Page]]</th></tr></thead>
<tbody>
{{#LOOK}}<tr><th scope="row" class="card-wide">{{>WHEN}}</th>
<td data-label="[[Who]]" translate="no">{{LOOKER}}</td>
<td data-label="[[Page]]"><a href="{{LOOK_HREF}}">{{LOOK_PAGE}}</a></td></tr>
{{/LOOK}}</tbody></table></div>{{/LOOKS_TABLE}}
</section>
{{/LOOKS}}
