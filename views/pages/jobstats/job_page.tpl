{{%AUTOESCAPE context="HTML"}}
<div data-live-part="head">
<div class="title"><h1><span translate="no">{{NAME}}</span>
<span class="title-id">{{NUMBER}}</span></h1> {{>STATE}}
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{#STATE_TEXT}}<p class="section-note">{{STATE_SENTENCE}}</p>{{/STATE_TEXT}}
{{>WAITS}}
<dl class="facts">
{{#OTHERS}}<div><dt>[[Owner]]</dt>
<dd translate="no"><a href="{{USER_LINK}}">{{OWNER}}</a></dd></div>
{{/OTHERS}}
<div><dt>[[Account]]</dt><dd translate="no">{{ACCOUNT}}</dd></div>
<div><dt>[[Partition]]</dt><dd translate="no">{{PARTITION}}</dd></div>
{{#ARRAY}}<div><dt>[[Array]]</dt>
<dd><a href="{{ARRAY_LINK}}">{{ARRAY_NUMBER}}</a></dd></div>{{/ARRAY}}
<div><dt>[[Nodes]]</dt><dd>{{#HAS_NODES}}<span translate="no">{{FEW_NODES}}</span>{{/HAS_NODES}}
{{#MORE_NODES}}<a href="#more">{{MORE_NODES_TEXT}}</a>{{/MORE_NODES}}
{{#NO_NODES}}<span class="no-data">[[none yet]]</span>{{/NO_NODES}}</dd></div>
{{#EXIT}}<div><dt>[[Exit code]]</dt><dd>{{EXIT_TEXT}}</dd></div>{{/EXIT}}
{{#FAILED}}<div><dt>[[Output]]</dt><dd translate="no"><code>{{FAILED_OUTPUT}}</code></dd>
</div>{{/FAILED}}
</dl>
{{>WALL_CLOCK}}
</div>
<nav class="section-links" aria-label="[[Sections]]"><ul>
{{#JUDGED}}<li><a href="#verdict">[[Verdict]]</a></li>{{/JUDGED}}
<li><a href="#resources">[[Resources]]</a></li>
<li><a href="#script">[[Script]]</a></li>
{{#SECTION_LINK}}<li><a href="#{{SECTION_ID}}">{{SECTION_NAME}}</a></li>{{/SECTION_LINK}}
{{#RELATED_LINK}}<li><a href="#related">[[Related jobs]]</a></li>{{/RELATED_LINK}}
</ul></nav>
{{#JUDGED}}<section class="section" id="verdict" aria-label="[[Verdict]]" data-live-part="verdict">
{{#HEADLINE}}<p class="headline {{HEADLINE_TONE}}"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{HEADLINE_ICON}}"></use></svg> <span><b>{{HEADLINE_TEXT}}</b>
{{#HEADLINE_LOST}}{{HEADLINE_LOST_TEXT}}{{/HEADLINE_LOST}}</span></p>{{/HEADLINE}}
{{>VERDICTS}}
{{>NEXT_TIME}}
{{>NOTICES}}
</section>{{/JUDGED}}
<section class="section" id="resources" aria-labelledby="resources-title"
 data-live-part="resources">
<div class="section-head"><h2 id="resources-title">[[Resources]]</h2></div>
<div class="columns">
{{>RESOURCES}}
{{>COST}}
</div>
</section>
<section class="section" id="script" aria-label="[[Script]]">
{{>SCRIPT}}
</section>
{{#ZOOM}}<p class="section-tools"><button class="button" type="button" data-zoom-reset
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#reset"></use></svg> [[Reset zoom]]</button></p>{{/ZOOM}}
<div class="graph-sections">
{{#SECTION}}
<section class="section" id="{{SECTION_ID}}" aria-labelledby="{{SECTION_ID}}-title">
<div class="section-head"><h2 id="{{SECTION_ID}}-title">{{SECTION_NAME}}</h2></div>
{{#WARNING}}<p class="notice is-warn"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#warn"></use></svg> <span class="notice-text">{{WARNING_TEXT}}</span></p>
{{/WARNING}}
{{>CHARTS}}
</section>
{{/SECTION}}
</div>
{{#RELATED}}
<section class="section" id="related" aria-labelledby="related-title">
<div class="section-head"><h2 id="related-title">[[Related jobs]]</h2></div>
{{#CHAINED}}<div class="card"><div class="card-body"><h3>[[Chain of jobs]]</h3>
<p class="section-note">[[From left to right: each waits for those before it.]]</p>
{{>CHAIN}}</div></div>{{/CHAINED}}
{{#ATTEMPTS}}<details class="card more" open><summary>[[Attempts]] <small>{{ATTEMPT_COUNT}}</small>
</summary><div class="card-body"><p>[[This job ran more than once; the newest attempt is shown
 above.]]</p>{{>ATTEMPT_JOBS}}</div></details>{{/ATTEMPTS}}
{{#SIBLINGS}}<details class="card more"><summary>{{SIBLING_TITLE}} <small>{{SIBLING_COUNT}}</small>
</summary><div class="card-body">{{>SIBLING_JOBS}}
{{#CUT}}<p>[[Only the first ones are shown.]]</p>{{/CUT}}</div></details>{{/SIBLINGS}}
</section>
{{/RELATED}}
{{>TICKET}}
{{#MORE}}<details class="card more" id="more"><summary>[[More about this job]]</summary>
<div class="card-body"><dl class="facts is-long">
{{#ALL_NODES}}<div><dt>[[Nodes]]</dt><dd translate="no">{{ALL_NODES_TEXT}}</dd></div>{{/ALL_NODES}}
{{#WORK_DIR}}<div><dt>[[Working folder]]</dt><dd translate="no"><code>{{WORK_DIR_TEXT}}</code></dd>
</div>{{/WORK_DIR}}
{{#OUTPUT}}<div><dt>[[Output]]</dt><dd translate="no"><code>{{OUTPUT_TEXT}}</code></dd>
</div>{{/OUTPUT}}
{{#SUBMIT_LINE}}<div><dt>[[Submitted as]]</dt><dd translate="no"><code>{{SUBMIT_LINE_TEXT}}</code>
</dd></div>{{/SUBMIT_LINE}}
</dl></div></details>{{/MORE}}
