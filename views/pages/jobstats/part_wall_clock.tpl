{{%AUTOESCAPE context="HTML"}}
<figure class="card timeline {{TONE}}" aria-label="[[Wall clock]]">
<svg class="timeline-bar" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img">
<title>{{SUMMARY}}</title>
{{#PIECE}}
{{#HELD}}<rect class="timeline-held" x="{{X}}" width="{{WIDTH}}" height="14"/>{{/HELD}}
{{#WAIT}}<rect class="timeline-wait" x="{{X}}" width="{{WIDTH}}" height="14"/>{{/WAIT}}
{{#RUN}}<rect class="timeline-run" x="{{X}}" width="{{WIDTH}}" height="14"/>{{/RUN}}
{{#LEFT}}<rect class="timeline-left" x="{{X}}" width="{{WIDTH}}" height="14"/>{{/LEFT}}
{{/PIECE}}
</svg>
<ul class="timeline-marks">
<li><b>[[Wall clock]]</b><span>{{SUMMARY}}</span></li>
<li><b>{{#KEY_HELD}}<svg class="key" aria-hidden="true"><rect class="timeline-held" width="10"
 height="10"/></svg>{{/KEY_HELD}}[[Submitted]]</b>{{>SUBMITTED}}</li>
{{#ELIGIBLE_SET}}<li><b><svg class="key" aria-hidden="true"><rect class="timeline-wait" width="10"
 height="10"/></svg>[[Eligible]]</b>{{>ELIGIBLE}}</li>{{/ELIGIBLE_SET}}
{{#STARTED_SET}}<li><b><svg class="key" aria-hidden="true"><rect class="timeline-run" width="10"
 height="10"/></svg>[[Started]]</b>{{>STARTED}}</li>{{/STARTED_SET}}
{{#ENDED_SET}}<li><b>[[Ended]]</b>{{>ENDED}}</li>{{/ENDED_SET}}
{{#LIMIT_SET}}<li><b><svg class="key" aria-hidden="true"><rect class="timeline-left" width="10"
 height="10"/></svg>[[Time limit]]</b>{{>LIMIT}}</li>{{/LIMIT_SET}}
</ul></figure>
