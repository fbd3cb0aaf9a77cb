{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Growth of storage]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{>NOTICES}}
<section class="section" id="growth" aria-labelledby="growth-title">
<div class="section-head"><h2 id="growth-title">{{HEADING}}</h2>
<div class="section-tools"><nav class="chips" aria-label="{{HEADING}}"><a class="chip"
 href="{{PEOPLE_LINK}}"{{#PEOPLE_HERE}} aria-current="true"{{/PEOPLE_HERE}}>[[By user]]</a>
<a class="chip" href="{{GROUPS_LINK}}"{{#GROUPS_HERE}}
 aria-current="true"{{/GROUPS_HERE}}>[[By group]]</a></nav>
<a class="button" href="{{FILE_LINK}}" download>[[CSV]]</a></div></div>
<p class="section-note">[[The portal copies Robinhood’s sums once a day. Each file system’s newest
 copy is compared with the one of 30 days before, or with the first one kept. Those who shrank are
 not listed.]]</p>
{{#TABLE}}
<div class="table-box has-cards is-dense{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – {{HEADING}}"><table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#ROW}}
<tr{{#LINKED}} class="is-link"{{/LINKED}}><th scope="row" class="card-wide">{{>OWNER}}</th>
<td data-label="[[File system]]" translate="no">{{PLACE}}</td>
<td data-label="[[Grown by]]" class="num"><b>{{GROWN}}</b></td>
<td data-label="[[Space now]]" class="num">{{BYTES}}</td>
<td data-label="[[Space before]]" class="num">{{BYTES_BEFORE}}</td>
<td data-label="[[Files grown by]]" class="num"><b>{{FILES_GROWN}}</b></td>
<td data-label="[[Files now]]" class="num">{{FILES}}</td>
<td data-label="[[Files before]]" class="num">{{FILES_BEFORE}}</td>
<td data-label="[[Since]]">{{SINCE}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{#MORE}}<p class="pager">{{MORE_TEXT}}</p>{{/MORE}}
{{/TABLE}}
{{#NOBODY}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[Nobody’s storage grew]]</b></div>{{/NOBODY}}
{{#TOO_EARLY}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[Not known yet]]</b>
<p>[[It takes copies of two days to tell who grew.]]</p></div>{{/TOO_EARLY}}
</section>
