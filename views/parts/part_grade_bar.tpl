{{%AUTOESCAPE context="HTML"}}
{{#VALUE}}<span class="bar-pair"><meter class="bar {{TONE}}" min="0" max="100" value="{{WIDTH}}"
 aria-label="{{LABEL}}">{{TEXT}}</meter><span>{{TEXT}}</span>{{#SIGN}}<span
 class="mark {{TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg>{{WORD}}</span>{{/SIGN}}</span
>{{#GRADE}}<span class="hidden-text">{{WORD}}</span>{{/GRADE}}{{/VALUE}}
{{>MISSING}}
