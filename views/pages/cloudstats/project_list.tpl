{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Cloud]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{>NOTICES}}
<section class="section" id="projects" aria-labelledby="projects-title">
<div class="section-head"><h2 id="projects-title">{{#OWN}}[[Your projects]]{{/OWN}}
{{#ALL}}[[Projects]]{{/ALL}}</h2></div>
<p class="section-note">{{#OWN}}[[Totals of each project's running
 instances.]]{{/OWN}}{{#ALL}}[[All projects with instances in the last seven days, with the totals
 of those running.]]{{/ALL}}</p>
{{#TABLE}}
<div class="table-box has-cards" tabindex="0" role="region"
 aria-label="[[Table]] – [[Projects]]"><table class="data">
<thead><tr><th scope="col">[[Project]]</th>
<th scope="col" class="num">[[Running instances]]</th>
<th scope="col" class="num">[[Instances in seven days]]</th>
<th scope="col" class="num">[[vCPU]]</th>
<th scope="col" class="num">[[Memory]]</th></tr></thead>
<tbody>
{{#ROW}}
<tr class="is-link"><th scope="row" class="card-wide" translate="no">
{{#LINK}}<a class="row-link" href="{{HREF}}">{{NAME}}</a>{{/LINK}}{{#PLAIN}}{{NAME}}{{/PLAIN}}</th>
<td data-label="[[Running instances]]" class="num">{{>RUNNING}}</td>
<td data-label="[[Instances in seven days]]" class="num">{{>LATELY}}</td>
<td data-label="[[vCPU]]" class="num">{{>VCPUS}}</td>
<td data-label="[[Memory]]" class="num">{{>MEMORY}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{/TABLE}}
{{#NONE}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[No projects]]</b>
<p>{{#OWN}}[[You don't belong to a project with access to the cloud.]]{{/OWN}}
{{#ALL}}[[No instance was measured in the last seven days.]]{{/ALL}}</p></div>{{/NONE}}
</section>
