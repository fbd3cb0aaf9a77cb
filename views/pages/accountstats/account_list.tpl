{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[My accounts]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{>NOTICES}}
{{#STAFF}}<div class="section-head"><div class="section-tools">
<form class="go-to" method="get" action="{{PATH}}">
<label class="hidden-text" for="go-account">[[Name of an account]]</label>
<input id="go-account" name="account" required maxlength="64" size="20"
 placeholder="[[Name of an account]]"> <button class="button"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#search"></use></svg> [[Go to account]]</button></form></div></div>{{/STAFF}}
{{#NO_ACCOUNTS}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No accounts]]</b>
<p>[[You don't belong to an active allocation. Your group leader can add you.]]</p></div>
{{/NO_ACCOUNTS}}
{{#SECTION}}
<section class="section" aria-labelledby="{{SECTION_ID}}">
<div class="section-head"><h2 id="{{SECTION_ID}}">{{SECTION_NAME}}</h2></div>
<p class="section-note">{{SECTION_NOTE}}</p>
<div class="table-box has-cards" tabindex="0" role="region"
 aria-label="[[Table]] – {{SECTION_NAME}}">
<table class="data"><thead><tr><th scope="col">[[Account]]</th><th scope="col">[[Type]]</th>
{{#GRANTED_HEAD}}<th scope="col" class="num">[[RAC award]]</th>{{/GRANTED_HEAD}}
{{#MEASURED_HEAD}}<th scope="col" class="num">[[Allocated now]]</th>
<th scope="col" class="num">[[Used now]]</th>{{/MEASURED_HEAD}}
{{#PRIORITY_HEAD}}<th scope="col" class="num">[[Priority]]</th>{{/PRIORITY_HEAD}}
</tr></thead>
<tbody>
{{#ROW}}
<tr class="is-link"><th scope="row" class="card-wide"><a class="row-link" href="{{HREF}}"
 translate="no">{{NAME}}</a></th>
<td data-label="[[Type]]">{{TYPE}}</td>
{{#GRANTED}}<td data-label="[[RAC award]]" class="num">{{>AMOUNT}}</td>{{/GRANTED}}
{{#MEASURED}}<td data-label="[[Allocated now]]" class="num">{{>ALLOCATED}}{{#IDLE}}<span
 class="no-data">–</span>{{/IDLE}}</td>
<td data-label="[[Used now]]" class="num">{{>USED}}{{#IDLE}}<span
 class="no-data">–</span>{{/IDLE}}</td>{{/MEASURED}}
{{#PRIORITY}}<td data-label="[[Priority]]" class="num">{{>PRIORITY_VALUE}}</td>{{/PRIORITY}}
</tr>
{{/ROW}}
</tbody></table></div>
</section>
{{/SECTION}}
