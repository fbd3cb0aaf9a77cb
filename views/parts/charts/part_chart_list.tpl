{{%AUTOESCAPE context="HTML"}}
<div class="charts">
{{#CHART}}
<figure class="chart" id="{{CHART_ID}}" data-src="{{SRC}}" data-graph="{{SLUG}}"
 data-file="{{FILE}}"{{#TOP}} data-hint-max="{{TOP_VALUE}}"{{/TOP}}>
<figcaption class="chart-head"><h3>{{#SUBJECT}}<span translate="no">{{SUBJECT_NAME}}</span> ·
{{/SUBJECT}}{{TITLE}}</h3> <span class="chart-unit">{{UNIT}}</span>
<p class="chart-hint">{{HINT}}</p></figcaption>
<details class="chart-help"><summary>[[How to read it]]</summary><p>{{HELP}}</p></details>
<p class="chart-empty" hidden>{{EMPTY}}</p>
<noscript><p>[[Graphs need JavaScript.]]</p></noscript></figure>
{{/CHART}}
</div>
