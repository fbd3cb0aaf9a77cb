{{%AUTOESCAPE context="HTML"}}
<form class="card filters" method="get" role="search" action="{{PAGE}}#jobs">
<div class="field"><span class="field-name" aria-hidden="true">[[State]]</span>
<details class="pick" data-menu><summary><span class="hidden-text">[[State]]</span>
{{STATES}}</summary>
<fieldset class="pick-list"><legend class="hidden-text">[[State]]</legend>
{{#STATE_OPTION}}
<label><input type="checkbox" name="state"
 value="{{STATE_VALUE}}"{{#CHOSEN}} checked{{/CHOSEN}}> {{STATE_WORD}}</label>
{{/STATE_OPTION}}</fieldset></details></div>
<div class="field"><label for="f-account">[[Account]]</label><input id="f-account" name="account"
 list="accounts" maxlength="64" size="14" value="{{F_ACCOUNT}}"></div>
<div class="field"><label for="f-partition">[[Partition]]</label><input id="f-partition"
 name="partition" list="partitions" maxlength="64" size="14" value="{{F_PARTITION}}"></div>
<div class="field"><label for="f-name">[[Name contains]]</label><input id="f-name" name="name"
 maxlength="64" size="14" value="{{F_NAME}}"></div>
<div class="field"><label for="f-from">[[From]] <span class="unit" translate="no">UTC</span></label>
<input id="f-from" name="from" type="date" value="{{F_FROM}}"></div>
<div class="field"><label for="f-to">[[To]] <span class="unit" translate="no">UTC</span></label>
<input id="f-to" name="to" type="date" value="{{F_TO}}"></div>
{{#JUDGED}}<input type="hidden" name="verdict" value="{{F_VERDICT}}">{{/JUDGED}}
{{#SORTED}}<input type="hidden" name="sort" value="{{F_SORT}}">{{/SORTED}}
{{#LAST}}<input type="hidden" name="last" value="{{F_LAST}}">{{/LAST}}
<div class="filters-actions"><button class="button is-main"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#filter"></use></svg> [[Apply]]</button>
{{#CLEAR}}<a class="button is-quiet" href="{{PAGE}}">[[Clear]]</a>{{/CLEAR}}</div>
<details class="filters-fold"{{#OPEN}} open{{/OPEN}}><summary>[[More filters]]</summary>
<div class="filters-more">
<div class="field"><label for="f-node">[[Node]]</label><input id="f-node" name="node"
 maxlength="64" size="10" value="{{F_NODE}}"></div>
<div class="field"><label for="f-qos">[[QOS]]</label><input id="f-qos" name="qos" maxlength="64"
 size="10" value="{{F_QOS}}"></div>
{{#SIZE}}
<fieldset class="field"><legend class="field-name">{{SIZE_TITLE}}
{{#UNIT}}<span class="unit">{{UNIT_NAME}}</span>{{/UNIT}}</legend>
<span class="span"><input type="number" name="{{SIZE_NAME}}_min" min="0" step="any"
 aria-label="[[{{SIZE_TITLE}}, at least]]" placeholder="[[from]]" value="{{LEAST}}">
<input type="number" name="{{SIZE_NAME}}_max" min="0" step="any"
 aria-label="[[{{SIZE_TITLE}}, at most]]" placeholder="[[to]]" value="{{MOST}}"></span></fieldset>
{{/SIZE}}
</div></details>
<datalist id="accounts">
{{#ACCOUNT}}<option value="{{ACCOUNT_NAME}}"></option>{{/ACCOUNT}}</datalist>
<datalist id="partitions">
{{#PARTITION}}<option value="{{PARTITION_NAME}}"></option>{{/PARTITION}}</datalist>
</form>
<nav class="chips" aria-label="[[Quick filters]]">
{{#QUICK}}
<a class="chip" href="{{QUICK_HREF}}#jobs"{{#QUICK_ON}} aria-current="true"{{/QUICK_ON}}
>{{QUICK_WORD}}</a>
{{/QUICK}}
</nav>
{{#ORDERS}}<nav class="chips" aria-label="[[Sort jobs that are over]]">
<span class="chips-title" aria-hidden="true">[[Sort:]]</span>
{{#ORDER}}
<a class="chip" href="{{ORDER_HREF}}#jobs"{{#ORDER_ON}} aria-current="true"{{/ORDER_ON}}
>{{ORDER_WORD}}</a>
{{/ORDER}}
</nav>{{/ORDERS}}
{{#NARROWED}}<nav class="chips" aria-label="[[Remove a filter]]">
{{#CHIP}}
<a class="chip is-set" href="{{CHIP_HREF}}#jobs" translate="no">{{CHIP_TEXT}}
<svg class="icon" aria-hidden="true"><use href="{{ICONS}}#bad"></use></svg></a>
{{/CHIP}}
</nav>{{/NARROWED}}
