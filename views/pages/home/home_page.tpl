{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[User portal]]</h1></div>
{{#TEXT}}
<section class="card home-text"><div class="card-body"><h2>{{TEXT_TITLE}}</h2>
<p>{{TEXT_BODY}}</p>
{{#LINK}}<p><a href="{{LINK_HREF}}">{{LINK_TEXT}}</a></p>{{/LINK}}</div></section>
{{/TEXT}}
{{#SYSTEMS}}
<section class="section" id="systems" aria-labelledby="systems-title">
<div class="section-head"><h2 id="systems-title">[[File systems]]</h2>
<div class="section-tools">{{>RANGES}}<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
<p class="section-note">[[Load on the shared file systems, all users combined.]]</p>
<div class="home-now" data-now-list>
{{#FILE_SYSTEM}}
<div class="card home-system" data-now hidden><h3 translate="no">{{SYSTEM}}</h3>
<dl class="facts">
<div><dt>[[read]]</dt><dd data-now-src="{{OST_SRC}}" data-now-id="read"></dd></div>
<div><dt>[[written]]</dt><dd data-now-src="{{OST_SRC}}" data-now-id="write"></dd></div>
<div><dt>[[operations]]</dt><dd data-now-src="{{MDT_SRC}}" data-now-id="operations"></dd></div>
</dl></div>
{{/FILE_SYSTEM}}
</div>
{{#FILE_SYSTEM}}
{{>CHARTS}}
{{/FILE_SYSTEM}}
</section>
{{/SYSTEMS}}
