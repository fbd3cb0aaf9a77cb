{{%AUTOESCAPE context="HTML"}}
{{#SCRIPT}}
<details class="card script"{{#OPEN}} open{{/OPEN}}><summary><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#script"></use></svg> [[Submitted script]] <small>{{LINES}}</small></summary>
<div class="script-tools"><button class="button" type="button" data-wrap aria-pressed="false"
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#wrap"></use></svg> [[Wrap lines]]</button> <button class="button"
 type="button" data-copy
 hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#copy"></use></svg> [[Copy]]</button>
{{#DOWNLOAD}}<a class="button" href="{{DOWNLOAD_LINK}}"
 download><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#download"></use></svg> [[Download]]</a>{{/DOWNLOAD}}</div>
{{#VERSIONS}}<ul class="script-versions" aria-label="[[Versions of the script]]">
{{#VERSION}}<li>{{#SHOWN}}<b aria-current="true">{{VERSION_NAME}}</b>{{/SHOWN}}
{{#OTHER}}<a href="{{VERSION_LINK}}">{{VERSION_NAME}}</a>{{/OTHER}}
<small>{{>STORED}} · {{VERSION_SIZE}}</small></li>{{/VERSION}}</ul>{{/VERSIONS}}
{{#CUT}}<p class="script-cut">[[Only the beginning is shown. The download has all of it.]]</p>
{{/CUT}}
<div class="script-text" tabindex="0" role="region" aria-label="[[Submitted script]]" translate="no"
><ol>
{{#LINE}}<li{{#MARKED}} class="is-marked"{{/MARKED}}>{{LINE_TEXT:pre_escape}}</li>{{/LINE}}
</ol></div></details>
{{/SCRIPT}}
{{#NONE}}<p class="card card-body no-data"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#script"></use></svg> [[The submitted script was not kept.]]</p>{{/NONE}}
{{#AWAY}}<p class="card card-body">[[Submitted script]] {{>MISSING}}</p>{{/AWAY}}
