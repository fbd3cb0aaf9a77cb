{{%AUTOESCAPE context="HTML"}}
<p class="card card-body"><b>{{TEXT}}</b>
{{#MORE}}<br><span>{{MORE_TEXT}}</span>{{/MORE}}
{{#BEFORE}}<br><small>{{BEFORE_TEXT}}</small>{{/BEFORE}}
{{#SINCE}}<br><small>{{SINCE_TEXT}}</small>{{/SINCE}}</p>
