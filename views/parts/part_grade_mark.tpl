{{%AUTOESCAPE context="HTML"}}
<span class="mark {{TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg>{{WORD}}</span>
