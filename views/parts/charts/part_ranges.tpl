{{%AUTOESCAPE context="HTML"}}
<nav class="chips" aria-label="[[Time range]]">
{{#RANGE}}<a class="chip" href="{{RANGE_HREF}}"{{#RANGE_HERE}}
 aria-current="true"{{/RANGE_HERE}}>{{RANGE_NAME}}</a>
{{/RANGE}}</nav>
