{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>{{TITLE}}</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<section class="section" id="whole" aria-labelledby="whole-title">
<div class="section-head"><h2 id="whole-title">{{COUNT}}</h2>
<div class="section-tools">{{>RANGES}}</div></div>
<p class="section-note">[[Jobs that ended from {{FIRST}} to {{LAST}}, whole days in UTC.]]</p>
{{>ANSWER}}
{{#NONE}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No job ended in this time]]</b>
<p>[[Jobs appear here once their day is over.]]</p></div>{{/NONE}}
{{>BARS}}
</section>
{{#SOME}}
<section class="section" id="most" aria-labelledby="most-title">
<div class="section-head"><h2 id="most-title">[[Who wasted most]]</h2>
<div class="section-tools"><a class="button" href="{{FILE_LINK}}"
 download>[[CSV]]</a></div></div>
<p class="section-note">[[Wasted is what jobs had and did not use; where it is not known what they
 used, it is not counted. Change compares with as many days before.]]</p>
{{>TABLE}}
</section>
{{/SOME}}
