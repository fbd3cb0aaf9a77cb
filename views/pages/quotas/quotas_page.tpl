{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>{{#MINE}}[[My quotas]]{{/MINE}}{{#OTHER}}[[Quotas of {{OWNER}}]]{{/OTHER}}
</h1><p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{#LINKS}}
<nav class="section-links" aria-label="[[Sections]]"><ul>
<li><a href="#project">[[Project]]</a></li>
<li><a href="#nearline">[[Nearline]]</a></li>
</ul></nav>
{{/LINKS}}
{{>NOTICES}}
<section class="section" id="project" aria-labelledby="project-title">
<div class="section-head"><h2 id="project-title">[[Project]]</h2></div>
<p class="section-note">[[Fullest first. Totals include the whole group; people with almost nothing
 are not listed.]]</p>
{{#PROJECT}}
<article class="card quota" id="{{CARD}}" aria-labelledby="{{CARD}}-title">
<h3 id="{{CARD}}-title"><span translate="no">{{GROUP}}</span>
{{#PLACE}}<small translate="no">{{PLACE_NAME}}</small>{{/PLACE}}</h3>
{{>QUOTA}}
{{#PEOPLE}}
<div class="table-box has-cards{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – {{GROUP}}">
<table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#PERSON}}
<tr><th scope="row" class="card-wide" translate="no">{{USER}}</th>
<td data-label="[[Files]]" class="num">{{>USER_FILES}}</td>
<td data-label="[[Space]]" class="num">{{>USER_BYTES}}</td></tr>
{{/PERSON}}
</tbody></table></div>
{{/PEOPLE}}
</article>
{{/PROJECT}}
{{#NO_PROJECT}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No project storage]]</b>
<p>[[No active allocation on this cluster has project storage. The head of a group can request
 it.]]</p></div>{{/NO_PROJECT}}
</section>
{{#NEARLINE}}
<section class="section" id="nearline" aria-labelledby="nearline-title">
<div class="section-head"><h2 id="nearline-title">[[Nearline]]</h2></div>
<p class="section-note">[[Files here move to tape after some time. Disk and tape count together
against the limit.]]</p>
{{#STORE}}
<article class="card quota" id="{{CARD}}" aria-labelledby="{{CARD}}-title">
<h3 id="{{CARD}}-title"><span translate="no">{{GROUP}}</span>
{{#PLACE}}<small translate="no">{{PLACE_NAME}}</small>{{/PLACE}}</h3>
{{#AWAY}}<p>{{>AWAY_NOTE}}</p>{{/AWAY}}
{{#HELD}}
<p class="quota-total {{TONE}}">{{>TOTAL}} <small>{{TOTAL_NOTE}}</small>
{{#WORD}}<span class="mark {{TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg> <b>{{WORD_TEXT}}</b></span>{{/WORD}}</p>
{{#GREW}}<p class="quota-grew">{{GREW_TEXT}}</p>{{/GREW}}
<svg class="segments" viewBox="0 0 100 1" preserveAspectRatio="none" role="img"
 aria-label="{{DISK_TEXT}}, {{TAPE_TEXT}}">
<rect class="segment-disk" x="0" y="0" width="{{DISK_WIDTH}}" height="1"></rect>
<rect class="segment-tape" x="{{DISK_WIDTH}}" y="0" width="{{TAPE_WIDTH}}" height="1"></rect></svg>
<ul class="segment-key">
<li><svg class="segment-box" viewBox="0 0 1 1" aria-hidden="true"><rect class="segment-disk"
 width="1" height="1"></rect></svg> {{DISK_TEXT}} <small>{{DISK_FILES}}</small></li>
<li><svg class="segment-box" viewBox="0 0 1 1" aria-hidden="true"><rect class="segment-tape"
 width="1" height="1"></rect></svg> {{TAPE_TEXT}} <small>{{TAPE_FILES}}</small></li></ul>
{{/HELD}}
{{#PEOPLE}}
<div class="table-box has-cards{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – {{GROUP}}, [[Nearline]]">
<table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#PERSON}}
<tr><th scope="row" class="card-wide" translate="no">{{USER}}</th>
{{#CELL}}<td data-label="{{COLUMN_NAME}}" class="num">{{>AMOUNT}}
{{#FEW}}<span class="no-data">–</span>{{/FEW}}</td>{{/CELL}}</tr>
{{/PERSON}}
</tbody></table></div>
{{/PEOPLE}}
</article>
{{/STORE}}
</section>
{{/NEARLINE}}
