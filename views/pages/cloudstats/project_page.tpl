{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Project {{PROJECT}}]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
<li><a href="#instances">[[Instances]]</a></li>
<li><a href="#graphs">[[Usage over time]]</a></li>
</ul></nav>
<section class="section" id="instances" aria-labelledby="instances-title">
<div class="section-head"><h2 id="instances-title">[[Instances]]</h2>
<div class="section-tools">{{>RANGES}}</div></div>
<p class="section-note">{{RUNNING}} [[Used is the mean over the range of time, while the instance
 ran.]]</p>
{{#TABLE}}
<div class="table-box has-cards is-dense" tabindex="0" role="region"
 aria-label="[[Table]] – [[Instances]]"><table class="data">
<thead><tr><th scope="col">[[Name]] <span class="unit">[[UUID]]</span></th>
<th scope="col">[[State]]</th><th scope="col">[[Flavor]]</th>
<th scope="col" class="num">[[vCPU]]</th><th scope="col">[[Used vCPU]]</th>
<th scope="col" class="num">[[Memory]]</th><th scope="col">[[Used memory]]</th></tr></thead>
<tbody>
{{#ROW}}
<tr class="is-link"><th scope="row" class="card-wide" translate="no">
{{#LINK}}<a class="row-link" href="{{HREF}}">{{NAME}}</a>{{/LINK}}{{#PLAIN}}{{NAME}}{{/PLAIN}}<br>
<small class="mono">{{UUID}}</small></th>
<td data-label="[[State]]">{{>STATE}}</td>
<td data-label="[[Flavor]]" translate="no">{{FLAVOR}}</td>
<td data-label="[[vCPU]]" class="num">{{>VCPUS}}</td>
<td data-label="[[Used vCPU]]" class="cell-bar">{{>USED_VCPUS}} {{>VCPUS_BAR}}</td>
<td data-label="[[Memory]]" class="num">{{>MEMORY}}</td>
<td data-label="[[Used memory]]" class="cell-bar">{{>USED_MEMORY}} {{>MEMORY_BAR}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{/TABLE}}
{{#NONE}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No instances]]</b>
<p>[[None ran in this period. Choose a longer range.]]</p></div>{{/NONE}}
</section>
<section class="section is-odd" id="graphs" aria-labelledby="graphs-title">
<div class="section-head"><h2 id="graphs-title">[[Usage over time]]</h2>
<div class="section-tools"><button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
{{>CHARTS}}
</section>
