{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Account]] <span translate="no">{{ACCOUNT}}</span></h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
{{#MEASURED}}<li><a href="#members">[[Members]]</a></li>{{/MEASURED}}
<li><a href="#priority">[[Priority]]</a></li>
{{#SECTION_LINK}}<li><a href="#{{SECTION_ID}}">{{SECTION_NAME}}</a></li>{{/SECTION_LINK}}
</ul></nav>
{{>NOTICES}}
{{#MEASURED}}
<section class="section" id="members" aria-labelledby="members-title">
<div class="section-head"><h2 id="members-title">[[Who uses what]]</h2>
<div class="section-tools">{{>RANGES}}{{#WASTE}}<a class="button"
 href="{{WASTE_LINK}}">[[What finished jobs wasted]] <svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#next"></use></svg></a>{{/WASTE}}</div></div>
{{>TILES}}
{{>TABLE}}
<p class="section-note is-after">[[Allocated is what jobs held, used or not. Wasted is the part not
 used. Memory used is what programs hold, without the file cache.]]</p>
{{#IDLE}}<details class="card more"><summary>[[Members with no usage in this period]]
<small>{{IDLE_COUNT}}</small></summary><div class="card-body"><ul class="names">
{{#MEMBER}}<li translate="no">{{MEMBER_LOGIN}}</li>
{{/MEMBER}}</ul></div></details>{{/IDLE}}
</section>
{{/MEASURED}}
<section class="section is-column" id="priority" aria-labelledby="priority-title">
<div class="section-head"><h2 id="priority-title">[[Priority]]</h2>
<div class="section-tools">{{#PRIORITY_RANGES}}{{>RANGES}}{{/PRIORITY_RANGES}}
<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
{{#GRANTED}}<p>{{GRANTED_TEXT}}</p>{{/GRANTED}}
<p class="section-note">[[Below 1, the account recently used more than its share and its jobs wait
 longer. Above 1, it used less and they start sooner.]]
{{#SIXTY_DAYS}}[[Shows 60 days. Choose a range to change that.]]{{/SIXTY_DAYS}}</p>
{{>PRIORITY_CHARTS}}
</section>
{{#SECTION}}
<section class="section is-thirds" id="{{SECTION_ID}}" aria-labelledby="{{SECTION_ID}}-title">
<div class="section-head"><h2 id="{{SECTION_ID}}-title">{{SECTION_NAME}}</h2></div>
{{>CHARTS}}
</section>
{{/SECTION}}
