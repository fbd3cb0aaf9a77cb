{{%AUTOESCAPE context="HTML"}}
<div class="quota-lines">
{{#LINE}}
<div class="quota-line {{TONE}}">
<span class="quota-name">{{NAME}}</span>
{{#BAR}}<meter class="bar {{TONE}}" min="0" max="100" value="{{WIDTH}}"
 aria-label="{{LABEL}}">{{PERCENT}}</meter>{{/BAR}}
{{#NO_BAR}}<span class="quota-blank"></span>{{/NO_BAR}}
<span class="quota-text">{{>VALUE}}{{#NONE}}<span class="no-data">{{NONE_TEXT}}</span>{{/NONE}}
{{#NOTE}}<small>{{NOTE_TEXT}}</small>{{/NOTE}}
{{#WORD}}<span class="mark {{TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg> <b>{{WORD_TEXT}}</b></span>{{/WORD}}
{{#GREW}}<small class="quota-grew">{{GREW_TEXT}}</small>{{/GREW}}
{{#PACE}}<small class="quota-pace">{{>PACE_TEXT}}</small>{{/PACE}}</span>
</div>
{{/LINE}}
</div>
