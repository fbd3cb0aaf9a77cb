{{%AUTOESCAPE context="HTML"}}
<div class="day-charts">
{{#CHART}}<figure class="card day-chart"><figcaption>{{NAME}}
<small>[[the tallest bar: {{MOST}}]]</small></figcaption>
<svg viewBox="0 0 {{WIDTH}} 100" preserveAspectRatio="none" role="img" aria-label="{{NAME}}">
{{#BAR}}<g><title>{{TITLE}}</title>
{{#USED}}<rect class="day-used" x="{{X}}" y="{{TOP}}" width="8" height="{{HEIGHT}}"/>{{/USED}}
{{#IDLE}}<rect class="day-idle" x="{{X}}" y="{{TOP}}" width="8" height="{{HEIGHT}}"/>{{/IDLE}}
{{#UNKNOWN}}<rect class="day-unknown" x="{{X}}" y="{{TOP}}" width="8"
 height="{{HEIGHT}}"/>{{/UNKNOWN}}</g>
{{/BAR}}</svg>
<div class="day-ends"><span>{{FIRST}}</span><span>{{LAST}}</span></div></figure>
{{/CHART}}
</div>
<ul class="day-legend"><li><span class="day-key is-used"></span> [[used]]</li>
<li><span class="day-key is-idle"></span> [[allocated, not used]]</li>
<li><span class="day-key is-unknown"></span> [[allocated, use not known]]</li></ul>
<details class="card more"><summary>[[Show as table]]</summary>
<div class="table-box" tabindex="0" role="region" aria-label="[[Table]] – [[By day]]">
<table class="data"><thead><tr><th scope="col">[[Ended on (UTC)]]</th>
<th scope="col" class="num">[[Jobs]]</th><th scope="col" class="num">[[Core-hours]]</th>
<th scope="col" class="num">[[Core-hours used]]</th>
{{#GPU_HEADS}}<th scope="col" class="num">[[GPU-hours]]</th>
<th scope="col" class="num">[[GPU-hours used]]</th>{{/GPU_HEADS}}</tr></thead>
<tbody>
{{#ROW}}<tr><th scope="row">{{DATES}}</th><td class="num">{{JOBS}}</td>
{{#CELLS}}<td class="num">{{>CORES_HAD}}</td><td class="num">{{>CORES_USED}}</td>{{/CELLS}}
{{#GPU_CELLS}}<td class="num">{{>GPUS_HAD}}</td><td class="num">{{>GPUS_USED}}</td>{{/GPU_CELLS}}
{{#NO_JOBS}}<td class="num">–</td><td class="num">–</td>{{/NO_JOBS}}
{{#NO_JOBS_GPUS}}<td class="num">–</td><td class="num">–</td>{{/NO_JOBS_GPUS}}</tr>
{{/ROW}}</tbody></table></div></details>
