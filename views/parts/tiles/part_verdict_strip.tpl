{{%AUTOESCAPE context="HTML"}}
<ul class="verdicts">
{{#TILE}}
<li class="verdict {{TONE}}">
<span class="verdict-name">{{#LINK}}<a href="#{{ANCHOR}}">{{NAME}}</a>{{/LINK}}
{{#PLAIN}}{{NAME}}{{/PLAIN}}</span>
<span class="verdict-value">{{>VALUE}}{{#UNIT}} <small>{{UNIT_TEXT}}</small>{{/UNIT}}</span>
<span class="verdict-note">{{NOTE}}</span>
{{#BAR}}<meter class="bar {{TONE}}" min="0" max="100" value="{{WIDTH}}"
 aria-label="{{NAME}}">{{PERCENT}}</meter>{{/BAR}}
{{#WORD}}<span class="verdict-word"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg> {{WORD_TEXT}}</span>{{/WORD}}
</li>
{{/TILE}}
</ul>
