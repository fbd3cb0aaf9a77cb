{{%AUTOESCAPE context="HTML"}}
{{#VALUE}}<span class="bar-pair"><meter class="bar {{TONE}}" min="0" max="100" value="{{WIDTH}}"
 aria-label="{{LABEL}}">{{TEXT}}</meter><span>{{TEXT}}</span></span
>{{#GRADE}}<span class="hidden-text">{{WORD}}</span>{{/GRADE}}{{/VALUE}}
{{>MISSING}}
