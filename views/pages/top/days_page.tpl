{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Waste over days]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
<li><a href="#whole">[[All together]]</a></li>
{{#SOME}}<li><a href="#most">[[Who wasted most]]</a></li>
<li><a href="#limits">[[Time limits]]</a></li>{{/SOME}}
</ul></nav>
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
<div class="section-tools"><nav class="chips" aria-label="[[Who wasted most]]"><a class="chip"
 href="{{PEOPLE_LINK}}"{{#PEOPLE_HERE}} aria-current="true"{{/PEOPLE_HERE}}>[[By user]]</a>
<a class="chip" href="{{ACCOUNTS_LINK}}"{{#ACCOUNTS_HERE}}
 aria-current="true"{{/ACCOUNTS_HERE}}>[[By account]]</a></nav>
<a class="button" href="{{FILE_LINK}}" download>[[CSV]]</a></div></div>
<p class="section-note">[[Wasted is what jobs had and did not use; where it is not known what they
 used, it is not counted. Change compares with as many days before.]]</p>
{{>TABLE}}
</section>
<section class="section" id="limits" aria-labelledby="limits-title">
<div class="section-head"><h2 id="limits-title">[[Time limits]]</h2></div>
<p class="section-note">[[Time used is the mean over all requested hours, so long jobs weigh more.
 Jobs that never started are left out.]]</p>
{{>PARTITIONS}}
<div class="table-gap"></div>
{{>PEOPLE}}
</section>
{{/SOME}}
