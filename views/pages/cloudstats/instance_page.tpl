{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1 translate="no">{{NAME}} <span class="title-id">{{UUID}}</span></h1>
{{>STATE}}
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
<div class="section"><dl class="card card-body facts">
<div><dt>[[Project]]</dt><dd translate="no">{{PROJECT}}</dd></div>
<div><dt>[[Flavor]]</dt><dd translate="no">{{FLAVOR}}</dd></div>
</dl></div>
<section class="section is-odd" id="graphs" aria-labelledby="graphs-title">
<div class="section-head"><h2 id="graphs-title">[[Usage over time]]</h2>
<div class="section-tools">{{>RANGES}}<button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></div></div>
<p class="section-note">[[Used is the mean over the range of time, while the instance ran.]]</p>
{{>TILES}}
{{>CHARTS}}
</section>
