{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[File systems]]</h1></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
{{#LINK}}<li><a href="#fs-{{NAME}}" translate="no">{{NAME}}</a></li>
{{/LINK}}
</ul></nav>
<div class="section-head"><p class="section-note">[[The {{MOST_USERS}} heaviest users at each
 moment; over the period that can be more people. Root is excluded.]]</p>
<div class="section-tools">{{>RANGES}}<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
{{#FILE_SYSTEM}}
<section class="section is-three" id="fs-{{NAME}}" aria-labelledby="title-{{NAME}}">
<div class="section-head"><h2 id="title-{{NAME}}" translate="no">{{NAME}}</h2></div>
{{>CHARTS}}
</section>
{{/FILE_SYSTEM}}
