{{%AUTOESCAPE context="HTML"}}
<ul class="notices">
{{#NOTICE}}{{#FOLD}}</ul><details class="more-notices"><summary>{{FOLD_TEXT}}</summary>
<ul class="notices">{{/FOLD}}
<li class="notice {{TONE}}"{{#RULE}} data-rule="{{RULE_NAME}}"{{/RULE}}><svg class="icon"
 aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg> <span class="notice-text"
>{{#TITLE}}<b>{{TITLE_TEXT}}</b> {{/TITLE}}{{TEXT}}
{{#LOST}}<span class="notice-lost">{{LOST_TEXT}}</span>{{/LOST}}</span>
{{#ANCHOR}}<a href="#{{ANCHOR_ID}}">{{ANCHOR_NAME}}</a>{{/ANCHOR}}</li>
{{/NOTICE}}
</ul>{{#FOLDED}}</details>{{/FOLDED}}
