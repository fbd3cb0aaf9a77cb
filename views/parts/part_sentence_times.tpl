{{%AUTOESCAPE context="HTML"}}
{{#PIECE}}{{TEXT}}{{#MOMENT}}<time class="when" datetime="{{ISO}}"
 data-style="{{STYLE}}">{{UTC}}</time>{{/MOMENT}}{{/PIECE}}
