{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>{{#MINE}}[[What my jobs wasted]]{{/MINE}}
{{#OTHER}}[[What the jobs of {{OWNER}} wasted]]{{/OTHER}}</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<section class="section" id="whole" aria-labelledby="whole-title">
<div class="section-head"><h2 id="whole-title">{{COUNT}}</h2>
<div class="section-tools">{{>RANGES}}</div></div>
{{>ANSWER}}
{{#NONE}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No job ended in this time]]</b>
<p>[[Jobs appear here some minutes after their end.]]</p></div>{{/NONE}}
{{>BARS}}
</section>
{{#KINDS}}
<section class="section" id="kinds" aria-labelledby="kinds-title">
<div class="section-head"><h2 id="kinds-title">[[By name]]</h2></div>
<p class="section-note">[[Jobs whose names differ only by digits stand together.]]</p>
<div class="table-box has-cards" tabindex="0" role="region" aria-label="[[Table]] – [[By name]]">
<table class="data"><thead><tr><th scope="col">[[Name]]</th>
<th scope="col" class="num">[[Jobs]]</th>{{>HEADS}}</tr></thead>
<tbody>
{{#KIND}}<tr><th scope="row" class="card-wide" translate="no"><a
 href="{{BASE}}/secure/jobstats/{{OWNER:u}}/name/?name={{STEM:u}}">{{NAME}}</a></th>
<td class="num" data-label="[[Jobs]]">{{RUNS}}</td>{{>CELLS}}</tr>
{{/KIND}}</tbody></table></div>
</section>
{{/KINDS}}
{{#JOBS}}
<section class="section" id="jobs" aria-labelledby="jobs-title">
<div class="section-head"><h2 id="jobs-title">[[The jobs that wasted most]]</h2></div>
<p class="section-note">[[Open one to see what to write next time.]]</p>
<div class="table-box has-cards" tabindex="0" role="region"
 aria-label="[[Table]] – [[The jobs that wasted most]]">
<table class="data"><thead><tr><th scope="col">[[Job]]</th>
<th scope="col">[[Name]]</th><th scope="col">[[Ended]]</th>{{>HEADS}}</tr></thead>
<tbody>
{{#JOB}}<tr><th scope="row" class="card-wide"><a href="{{LINK}}">{{NUMBER}}</a></th>
<td data-label="[[Name]]" translate="no">{{NAME}}</td>
<td data-label="[[Ended]]">{{>ENDED}}</td>{{>CELLS}}</tr>
{{/JOB}}</tbody></table></div>
</section>
{{/JOBS}}
