{{%AUTOESCAPE context="HTML"}}
<time class="when" datetime="{{ISO}}" data-style="{{STYLE}}">{{TEXT}}</time>
