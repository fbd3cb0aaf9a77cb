{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Top users]]</h1></div>
<p class="section-note">[[Where to look first, for staff. Only staff see these pages.]]</p>
<ul class="ways">
{{#CARD}}
<li class="card way"><h2><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{ICON}}"></use></svg> <a href="{{HREF}}">{{CARD_TITLE}}</a></h2>
<p>{{TEXT}}</p></li>
{{/CARD}}
</ul>
