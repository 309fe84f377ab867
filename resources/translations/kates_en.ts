<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>Delete %n object(s)?</source>
        <translation>
            <numerusform>Delete %n object?</numerusform>
            <numerusform>Delete %n objects?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %n object(s)</source>
        <translation>
            <numerusform>Label %n object</numerusform>
            <numerusform>Label %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n object(s)?</source>
        <translation>
            <numerusform>Restart %n object?</numerusform>
            <numerusform>Restart %n objects?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scale %n object(s)</source>
        <translation>
            <numerusform>Scale %n object</numerusform>
            <numerusform>Scale %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cordon %n node(s)?</source>
        <translation>
            <numerusform>Cordon %n node?</numerusform>
            <numerusform>Cordon %n nodes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uncordon %n node(s)?</source>
        <translation>
            <numerusform>Uncordon %n node?</numerusform>
            <numerusform>Uncordon %n nodes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContainerRow</name>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>%n restart</numerusform>
            <numerusform>%n restarts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CreateClusterDialog</name>
    <message numerus="yes">
        <source>%1 control planes agree by majority: %2 of them must be up, so %n may fail.</source>
        <translation>
            <numerusform>%1 control planes agree by majority: %2 of them must be up, so %n may fail.</numerusform>
            <numerusform>%1 control planes agree by majority: %2 of them must be up, so %n may fail.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message numerus="yes">
        <source>At least %n object(s) that it owns stay behind without an owner:</source>
        <translation>
            <numerusform>At least %n object that it owns stays behind without an owner:</numerusform>
            <numerusform>At least %n objects that it owns stay behind without an owner:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) that it owns stay behind without an owner:</source>
        <translation>
            <numerusform>%n object that it owns stays behind without an owner:</numerusform>
            <numerusform>%n objects that it owns stay behind without an owner:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With it go at least %n object(s):</source>
        <translation>
            <numerusform>With it goes at least %n object:</numerusform>
            <numerusform>With it go at least %n objects:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With it go %n object(s):</source>
        <translation>
            <numerusform>With it goes %n object:</numerusform>
            <numerusform>With it go %n objects:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeployPage</name>
    <message numerus="yes">
        <source>Apply %n object(s)</source>
        <translation>
            <numerusform>Apply %n object</numerusform>
            <numerusform>Apply %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n unchanged line</numerusform>
            <numerusform>%n unchanged lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) are not shown</source>
        <translation>
            <numerusform>%n more line is not shown</numerusform>
            <numerusform>%n more lines are not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrainDialog</name>
    <message numerus="yes">
        <source>Done: %n pod(s) have left. The node stays cordoned.</source>
        <translation>
            <numerusform>Done: %n pod has left. The node stays cordoned.</numerusform>
            <numerusform>Done: %n pods have left. The node stays cordoned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No new pods will be placed on the node, and %n pod(s) will be evicted.</source>
        <translation>
            <numerusform>No new pods will be placed on the node, and %n pod will be evicted.</numerusform>
            <numerusform>No new pods will be placed on the node, and %n pods will be evicted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventsTab</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ForwardList</name>
    <message numerus="yes">
        <source>%n connection(s) open</source>
        <translation>
            <numerusform>%n connection open</numerusform>
            <numerusform>%n connections open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogTools</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n new line</numerusform>
            <numerusform>%n new lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProcessesSheet</name>
    <message numerus="yes">
        <source>%n restart(s): %1</source>
        <translation>
            <numerusform>%n restart: %1</numerusform>
            <numerusform>%n restarts: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n marked</numerusform>
            <numerusform>%n marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableGrid</name>
    <message numerus="yes">
        <source>%n object(s) are hidden by the filter or by the chosen namespaces.</source>
        <translation>
            <numerusform>%n object is hidden by the filter or by the chosen namespaces.</numerusform>
            <numerusform>%n objects are hidden by the filter or by the chosen namespaces.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message numerus="yes">
        <source>%n task(s) running</source>
        <translation>
            <numerusform>%n task running</numerusform>
            <numerusform>%n tasks running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>YamlConflicts</name>
    <message numerus="yes">
        <source>Others manage %n field(s) that you change. If you keep yours, you take the fields over, and they may want them back.</source>
        <translation>
            <numerusform>Others manage %n field that you change. If you keep yours, you take the field over, and they may want it back.</numerusform>
            <numerusform>Others manage %n fields that you change. If you keep yours, you take the fields over, and they may want them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kates::app::BulkActions</name>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… and %n more.</numerusform>
            <numerusform>… and %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are being deleted.</source>
        <translation>
            <numerusform>%n object is being deleted.</numerusform>
            <numerusform>%n objects are being deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) were changed.</source>
        <translation>
            <numerusform>%n object was changed.</numerusform>
            <numerusform>%n objects were changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kates::app::Drain</name>
    <message numerus="yes">
        <source>%n pod(s) could not be evicted.</source>
        <translation>
            <numerusform>%n pod could not be evicted.</numerusform>
            <numerusform>%n pods could not be evicted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) left it.</source>
        <translation>
            <numerusform>%n pod left it.</numerusform>
            <numerusform>%n pods left it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kates::app::MapCanvas</name>
    <message numerus="yes">
        <source>, %n restart(s)</source>
        <translation>
            <numerusform>, %n restart</numerusform>
            <numerusform>, %n restarts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kates::app::YamlEdit</name>
    <message numerus="yes">
        <source>In %n place(s) that you changed too, yours stays.</source>
        <translation>
            <numerusform>In %n place that you changed too, yours stays.</numerusform>
            <numerusform>In %n places that you changed too, yours stays.</numerusform>
        </translation>
    </message>
</context>
</TS>
