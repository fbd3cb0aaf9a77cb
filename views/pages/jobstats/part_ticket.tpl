{{%AUTOESCAPE context="HTML"}}
<details class="card more ticket"><summary>[[For a request for help]]</summary>
<div class="card-body"><p>[[What the support team needs to know of this job.]]
<button class="button" type="button" data-copy hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#copy"></use></svg> [[Copy]]</button></p>
<pre class="ticket-text" tabindex="0" role="region" aria-label="[[For a request for help]]">
{{#LINE}}<span data-copied>{{LINE_TEXT}}</span>
{{/LINE}}<span data-copied translate="no">{{COMMAND}}</span>
</pre></div></details>
