{{%AUTOESCAPE context="HTML"}}
<span class="state {{TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg>{{WORD}}{{#COUNT}} × {{TIMES}}{{/COUNT}}</span>
