{{%AUTOESCAPE context="HTML"}}
<div class="title"><h1>[[Cores, memory and GPUs]]</h1>
<p class="title-fresh"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#time"></use></svg> <span>[[Updated]] {{>FRESH}}</span></p></div>
{{>RANGES}}
<form class="card filters" method="get" role="search" action="{{PAGE}}">
{{#KEPT}}<input type="hidden" name="{{KEPT_NAME}}" value="{{KEPT_VALUE}}">
{{/KEPT}}
<div class="field"><label for="f-user">[[Login begins with]]</label><input id="f-user" name="user"
 maxlength="64" size="16" pattern="[A-Za-z0-9._@'+~$\u0080-\uffff\-]*"
 autocapitalize="none" spellcheck="false" value="{{WANTED}}"></div>
<div class="filters-actions"><button class="button is-main"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#search"></use></svg> [[Apply]]</button>
{{#SEARCHED}}<a class="button is-quiet" href="{{PAGE}}">[[Clear]]</a>{{/SEARCHED}}</div>
</form>
<section class="section" id="cores" aria-labelledby="cores-title">
<div class="section-head"><h2 id="cores-title">[[Cores and memory]]</h2></div>
<p class="section-note">[[All running jobs of each user, right now. Wasted = allocated − used.]]</p>
{{#CORE_TABLE}}
<div class="table-box has-cards is-dense{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – [[Cores and memory]]"><table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#CORE_ROW}}
<tr class="is-link"><th scope="row" class="card-wide">{{>USER}}</th>
<td data-label="[[Wasted cores]]" class="num">{{>WASTED}}</td>
<td data-label="[[Allocated cores]]" class="num">{{>CORES}}</td>
<td data-label="[[Used cores]]" class="num">{{>USED_CORES}}</td>
<td data-label="[[Share of cores used]]" class="cell-bar">{{>CORES_BAR}}</td>
<td data-label="[[Allocated memory]]" class="num">{{>MEMORY}}</td>
<td data-label="[[Highest use of memory]]" class="num">{{>MAX_MEMORY}}</td>
<td data-label="[[Share of memory used]]" class="cell-bar">{{>MEMORY_BAR}}</td></tr>
{{/CORE_ROW}}
</tbody></table></div>
{{#MORE}}<p class="pager">{{MORE_TEXT}}</p>{{/MORE}}
{{#OPEN}}<p class="section-note is-after">{{OPEN_TEXT}}</p>{{/OPEN}}
{{/CORE_TABLE}}
{{#NO_CORES}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[Nobody holds cores]]</b>
<p>[[No running job was measured, or no login begins like that.]]</p></div>{{/NO_CORES}}
</section>
<section class="section" id="gpus" aria-labelledby="gpus-title">
<div class="section-head"><h2 id="gpus-title">[[GPUs]]</h2></div>
<p class="section-note">[[Busy GPUs adds up how busy each GPU is: two GPUs half busy count as
 one.]]</p>
{{#GPU_TABLE}}
<div class="table-box has-cards is-dense{{#TALL}} is-tall{{/TALL}}" tabindex="0" role="region"
 aria-label="[[Table]] – [[GPUs]]"><table class="data">
<thead><tr>{{>COLUMNS}}</tr></thead>
<tbody>
{{#GPU_ROW}}
<tr class="is-link"><th scope="row" class="card-wide">{{>USER}}</th>
<td data-label="[[Wasted GPUs]]" class="num">{{>WASTED}}</td>
<td data-label="[[Allocated GPUs]]" class="num">{{>GPUS}}</td>
<td data-label="[[Busy GPUs (equivalent)]]" class="num">{{>USED_GRADE}} {{>USED_GPUS}}</td>
<td data-label="[[Active GPUs]]" class="num">{{>BUSY_GRADE}} {{>BUSY_GPUS}}</td></tr>
{{/GPU_ROW}}
</tbody></table></div>
{{#MORE}}<p class="pager">{{MORE_TEXT}}</p>{{/MORE}}
{{#OPEN}}<p class="section-note is-after">{{OPEN_TEXT}}</p>{{/OPEN}}
{{/GPU_TABLE}}
{{#NO_GPUS}}<div class="card empty"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#empty"></use></svg><b>[[Nobody holds GPUs]]</b>
<p>[[No running job with GPUs was measured, or no login begins like that.]]</p></div>{{/NO_GPUS}}
</section>
