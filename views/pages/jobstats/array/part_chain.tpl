{{%AUTOESCAPE context="HTML"}}
<ol class="chain">
{{#STAGE}}<li class="chain-stage">
{{#JOB}}<div class="chain-job{{#HERE}} is-here{{/HERE}}"><span>{{#LINKED}}<a
 href="{{LINK}}">{{NUMBER}}</a>{{/LINKED}}{{#PLAIN}}<b aria-current="page">{{NUMBER}}</b>{{/PLAIN}}
<span translate="no">{{NAME}}</span></span> {{>STATE}}
{{#BLOCKS}}<span class="mark is-warn"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#warn"></use></svg>[[holds up the next one]]</span>{{/BLOCKS}}</div>
{{/JOB}}</li>
{{/STAGE}}
</ol>
{{#CUT}}<p>[[Only some of the jobs are shown.]]</p>{{/CUT}}
