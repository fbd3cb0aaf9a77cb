{{%AUTOESCAPE context="HTML"}}
<p class="section-note">[[It waits for:]]
{{#JOB}}<a href="{{LINK}}">{{NUMBER}}</a> <span translate="no">{{NAME}}</span> {{>STATE}}
{{/JOB}}</p>
