{{%AUTOESCAPE context="HTML"}}
<div class="card error-page"><p class="error-code">{{STATUS}}</p><h1>{{HEADING}}</h1>
{{#MESSAGE}}<p>{{MESSAGE_TEXT}}</p>{{/MESSAGE}}
<p>{{ADVICE}}</p>
{{#SOURCE}}<p>{{>AWAY}}</p>{{/SOURCE}}
{{#CONTACT}}<p>[[If this continues, write to]]
<span translate="no">{{CONTACT_TEXT}}</span></p>{{/CONTACT}}
<div class="dialog-actions">
{{#SIGN_IN}}<a class="button is-main" href="{{SIGN_IN_HREF}}"><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#sign-in"></use></svg> [[Sign in]]</a>{{/SIGN_IN}}
{{#SIGN_OUT}}<a class="button is-main" href="{{SIGN_OUT_HREF}}"><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#sign-out"></use></svg> [[Sign out]]</a>{{/SIGN_OUT}}
{{#JOBS}}<a class="button is-main" href="{{BASE}}/secure/jobstats/">[[My jobs]]</a>{{/JOBS}}
</div></div>
