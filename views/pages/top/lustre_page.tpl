{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[File systems]]</h1></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
{{#LINK}}<li><a href="#fs-{{NAME}}" translate="no">{{NAME}}</a></li>
{{/LINK}}
</ul></nav>
<div class="section-head"><p class="section-note">[[The {{MOST_USERS}} heaviest users at each
 moment; over the period that can be more people. Root is excluded. Tables show means over the
 time shown.]]</p>
<div class="section-tools">{{>RANGES}}<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
{{#FILE_SYSTEM}}
<section class="section is-three" id="fs-{{NAME}}" aria-labelledby="title-{{NAME}}">
<div class="section-head"><h2 id="title-{{NAME}}" translate="no">{{NAME}}</h2></div>
<div class="table-box has-cards is-ranking" data-ranking hidden tabindex="0" role="region"
 aria-label="[[Who uses it most]] – {{NAME}}">
<table class="data" data-links="{{BASE}}/secure/jobstats/"><thead><tr>
<th scope="col">[[User]]</th>
<th scope="col" class="num"><button class="sort" type="button" data-by="read"
 data-slug="lustre_ost_read">[[Read]]</button></th>
<th scope="col" class="num"><button class="sort" type="button" data-by="write"
 data-slug="lustre_ost_write">[[Written]]</button></th>
<th scope="col" class="num" aria-sort="descending"><button class="sort" type="button"
 data-by="traffic">[[Share of traffic]]</button></th>
<th scope="col" class="num"><button class="sort" type="button" data-by="operations"
 data-slug="lustre_mdt">[[File operations]]</button></th>
</tr></thead><tbody></tbody></table></div>
<button class="link-button ranking-more" type="button" aria-expanded="false" hidden></button>
{{>CHARTS}}
</section>
{{/FILE_SYSTEM}}
