{{%AUTOESCAPE context="HTML"}}
<div class="card error-page"><p class="error-code">{{STATUS}}</p><h1>{{HEADING}}</h1>
{{#MESSAGE}}<p>{{MESSAGE_TEXT}}</p>{{/MESSAGE}}
<p>{{ADVICE}}</p>
{{#SOURCE}}<p>{{>AWAY}}</p>{{/SOURCE}}
{{#CONTACT}}<p>[[If it lasts, write to]]
<span translate="no">{{CONTACT_TEXT}}</span></p>{{/CONTACT}}
<div class="dialog-actions">
<a class="button is-main" href="{{BASE}}/secure/jobstats/">[[My jobs]]</a>
</div></div>
