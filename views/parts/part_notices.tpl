{{%AUTOESCAPE context="HTML"}}
<ul class="notices">
{{#NOTICE}}
<li class="notice {{TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg> <span class="notice-text"
>{{#TITLE}}<b>{{TITLE_TEXT}}</b> {{/TITLE}}{{TEXT}}</span>
{{#ANCHOR}}<a href="#{{ANCHOR_ID}}">{{ANCHOR_NAME}}</a>{{/ANCHOR}}</li>
{{/NOTICE}}
</ul>
