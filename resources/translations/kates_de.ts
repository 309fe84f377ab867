<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ActionBar</name>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>Sperren (Cordon)</translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation>Freigeben (Uncordon)</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>Räumen (Drain)</translation>
    </message>
    <message>
        <source>Evict</source>
        <translation>Verdrängen (Evict)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Revisionen</translation>
    </message>
    <message>
        <source>Shows the commands that do the same.</source>
        <translation>Zeigt die Befehle, die dasselbe tun.</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Make one of its ports answer on this computer</source>
        <translation>Einen seiner Ports auf diesem Rechner antworten lassen</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>The roll-out is paused: resume it first.</source>
        <translation>Der Rollout ist angehalten: erst fortsetzen.</translation>
    </message>
    <message>
        <source>The pod has ended already; it can be deleted.</source>
        <translation>Der Pod ist schon zu Ende; er kann gelöscht werden.</translation>
    </message>
    <message>
        <source>It is being deleted already.</source>
        <translation>Es wird schon gelöscht.</translation>
    </message>
</context>
<context>
    <name>ApiClient</name>
    <message>
        <source>This cluster is read-only here, so nothing was sent. Unlock it beside its name to change it.</source>
        <translation>Dieser Cluster ist hier schreibgeschützt, deshalb wurde nichts gesendet. Zum Ändern neben seinem Namen entsperren.</translation>
    </message>
</context>
<context>
    <name>AppsLayout</name>
    <message>
        <source>no selector</source>
        <translation>kein Selektor</translation>
    </message>
    <message>
        <source>%1
Selects: %2
Ready addresses: %3</source>
        <translation>%1
Wählt aus: %2
Bereite Adressen: %3</translation>
    </message>
    <message>
        <source>It leads to the service %1, which does not exist.</source>
        <translation>Er führt zum Service %1, den es nicht gibt.</translation>
    </message>
    <message>
        <source>%1 (continued)</source>
        <translation>%1 (Fortsetzung)</translation>
    </message>
    <message>
        <source>1 pod</source>
        <translation>1 Pod</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 Pods</translation>
    </message>
    <message>
        <source>Pods on their own</source>
        <translation>Einzelne Pods</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>counted, not shown</source>
        <translation>gezählt, nicht gezeigt</translation>
    </message>
    <message>
        <source>%1 workloads</source>
        <translation>%1 Workloads</translation>
    </message>
    <message>
        <source>Folded. Press E to unfold.</source>
        <translation>Eingeklappt. E klappt auf.</translation>
    </message>
    <message>
        <source>pods</source>
        <translation>Pods</translation>
    </message>
</context>
<context>
    <name>Archive</name>
    <message>
        <source>The archive cannot be read: %1</source>
        <translation>Das Archiv ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>%1 was left out: %2</source>
        <translation>%1 wurde ausgelassen: %2</translation>
    </message>
    <message>
        <source>its path leads out of the archive.</source>
        <translation>sein Pfad führt aus dem Archiv hinaus.</translation>
    </message>
    <message>
        <source>it is not a plain file.</source>
        <translation>es ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>There are more than 5,000 files in this archive.</source>
        <translation>Dieses Archiv enthält mehr als 5.000 Dateien.</translation>
    </message>
    <message>
        <source>This archive holds more than 64 MB.</source>
        <translation>Dieses Archiv enthält mehr als 64 MB.</translation>
    </message>
</context>
<context>
    <name>AttachDialog</name>
    <message>
        <source>There is a cluster of this name already.</source>
        <translation>Einen Cluster dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Attach a remote cluster</source>
        <translation>Entfernten Cluster anbinden</translation>
    </message>
    <message>
        <source>Choose a kubeconfig</source>
        <translation>Kubeconfig wählen</translation>
    </message>
    <message>
        <source>Kubeconfig</source>
        <translation>Kubeconfig</translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>Kontexte</translation>
    </message>
    <message>
        <source>Name here</source>
        <translation>Name hier</translation>
    </message>
    <message>
        <source>It logs in with a program: %1. It is not run until you have seen the command and agreed.</source>
        <translation>Er meldet sich mit einem Programm an: %1. Es läuft erst, wenn Sie den Befehl gesehen und zugestimmt haben.</translation>
    </message>
    <message>
        <source>The file turns off the check of the server&apos;s certificate: anybody on the way could pretend to be this cluster.</source>
        <translation>Die Datei schaltet die Prüfung des Serverzertifikats ab: Jeder auf dem Weg könnte sich als dieser Cluster ausgeben.</translation>
    </message>
    <message>
        <source>Read-only and marked red at first. The engine keeps the credentials; this window and your file do not change.</source>
        <translation>Zunächst schreibgeschützt und rot markiert. Die Engine verwahrt die Zugangsdaten; dieses Fenster und Ihre Datei bleiben unverändert.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Attaching …</source>
        <translation>Wird angebunden …</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anbinden</translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>Delete %n object(s)?</source>
        <translation>
            <numerusform>%n Objekt löschen?</numerusform>
            <numerusform>%n Objekte löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %n object(s)</source>
        <translation>
            <numerusform>%n Objekt mit Label versehen</numerusform>
            <numerusform>%n Objekte mit Label versehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n object(s)?</source>
        <translation>
            <numerusform>%n Objekt neu starten?</numerusform>
            <numerusform>%n Objekte neu starten?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scale %n object(s)</source>
        <translation>
            <numerusform>%n Objekt skalieren</numerusform>
            <numerusform>%n Objekte skalieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cordon %n node(s)?</source>
        <translation>
            <numerusform>%n Node sperren?</numerusform>
            <numerusform>%n Nodes sperren?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uncordon %n node(s)?</source>
        <translation>
            <numerusform>%n Node freigeben?</numerusform>
            <numerusform>%n Nodes freigeben?</numerusform>
        </translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>tier=front, or tier- to take it away</source>
        <translation>tier=front, oder tier- zum Entfernen</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weiteres</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything in these namespaces goes with them.</source>
        <translation>Alles in diesen Namespaces geht mit.</translation>
    </message>
    <message>
        <source>Every object of these kinds goes with them.</source>
        <translation>Jedes Objekt dieser Arten geht mit.</translation>
    </message>
    <message>
        <source>Nothing else is known to go with them.</source>
        <translation>Soweit bekannt, geht sonst nichts mit.</translation>
    </message>
    <message>
        <source>With them goes:</source>
        <translation>Mit ihnen geht:</translation>
    </message>
    <message>
        <source>%1 × %2: %3</source>
        <translation>%1 × %2: %3</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>Sperren (Cordon)</translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation>Freigeben (Uncordon)</translation>
    </message>
</context>
<context>
    <name>Catalog</name>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Custom resources</source>
        <translation>Eigene Ressourcen</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Weitere</translation>
    </message>
</context>
<context>
    <name>ChangesTab</name>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>No change yet</source>
        <translation>Noch keine Änderung</translation>
    </message>
    <message>
        <source>What happens to this object while the drawer is open is listed here.</source>
        <translation>Hier steht, was mit diesem Objekt geschieht, solange es offen ist.</translation>
    </message>
</context>
<context>
    <name>ChartBar</name>
    <message>
        <source>as</source>
        <translation>als</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Values …</source>
        <translation>Werte …</translation>
    </message>
    <message>
        <source>Values of %1</source>
        <translation>Werte von %1</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihre</translation>
    </message>
    <message>
        <source>Your values, over the chart&apos;s own</source>
        <translation>Ihre Werte, über denen des Charts</translation>
    </message>
    <message>
        <source>The chart&apos;s own</source>
        <translation>Die des Charts</translation>
    </message>
    <message>
        <source>The chart&apos;s own values</source>
        <translation>Die eigenen Werte des Charts</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>See what it would change</source>
        <translation>Zeigen, was sich ändern würde</translation>
    </message>
</context>
<context>
    <name>ClusterCard</name>
    <message>
        <source>Cluster %1, %2</source>
        <translation>Cluster %1, %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>%1 starten</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 stoppen</translation>
    </message>
</context>
<context>
    <name>ClusterChooser</name>
    <message>
        <source>No cluster</source>
        <translation>Kein Cluster</translation>
    </message>
    <message>
        <source>Choose the cluster to look at</source>
        <translation>Cluster wählen, der gezeigt wird</translation>
    </message>
    <message>
        <source>There is no cluster yet.</source>
        <translation>Es gibt noch keinen Cluster.</translation>
    </message>
    <message>
        <source>%1, read-only</source>
        <translation>%1, schreibgeschützt</translation>
    </message>
</context>
<context>
    <name>ClusterFacts</name>
    <message>
        <source>control plane</source>
        <translation>Control Plane</translation>
    </message>
    <message>
        <source>control planes</source>
        <translation>Control Planes</translation>
    </message>
    <message>
        <source>node</source>
        <translation>Node</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>Nodes ready</source>
        <translation>Nodes bereit</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Nutzt</translation>
    </message>
    <message>
        <source>%1 MB of memory, %2 % of a core</source>
        <translation>%1 MB Speicher, %2 % eines Kerns</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Processes of %1</source>
        <translation>Prozesse von %1</translation>
    </message>
</context>
<context>
    <name>ClusterPhase</name>
    <message>
        <source>Pending</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>Beeinträchtigt</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Stoppt</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Wird gelöscht</translation>
    </message>
</context>
<context>
    <name>ClustersLayout</name>
    <message>
        <source>%1 real and %2 simulated nodes</source>
        <translation>%1 echte und %2 simulierte Nodes</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>masters</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>remote</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Noch nicht gefragt</translation>
    </message>
    <message>
        <source>Its nodes are counted when it is opened.</source>
        <translation>Seine Nodes werden beim Öffnen gezählt.</translation>
    </message>
</context>
<context>
    <name>ClustersPage</name>
    <message>
        <source>Clusters</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Real Kubernetes on this computer: no account, no virtual machine, no Docker.</source>
        <translation>Echtes Kubernetes auf diesem Rechner: ohne Konto, ohne virtuelle Maschine, ohne Docker.</translation>
    </message>
    <message>
        <source>Attach remote …</source>
        <translation>Entfernten anbinden …</translation>
    </message>
    <message>
        <source>Look at a cluster that a kubeconfig names</source>
        <translation>Einen Cluster ansehen, den eine Kubeconfig nennt</translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation>Neuer Cluster</translation>
    </message>
    <message>
        <source>No cluster yet</source>
        <translation>Noch kein Cluster</translation>
    </message>
    <message>
        <source>A cluster with one control plane and two nodes is ready in a second or two, and gone without a trace when you delete it.</source>
        <translation>Ein Cluster mit einer Control Plane und zwei Nodes ist in ein, zwei Sekunden bereit und nach dem Löschen spurlos verschwunden.</translation>
    </message>
    <message>
        <source>Create a cluster</source>
        <translation>Cluster anlegen</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Entfernt</translation>
    </message>
</context>
<context>
    <name>ColumnMenu</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Choose the columns to show</source>
        <translation>Gezeigte Spalten wählen</translation>
    </message>
    <message>
        <source>The server has not named its columns yet.</source>
        <translation>Der Server hat seine Spalten noch nicht genannt.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>As the server suggests</source>
        <translation>Wie der Server vorschlägt</translation>
    </message>
</context>
<context>
    <name>CommandHint</name>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>The window of Kates: clusters, a live map, resources and deploying.</source>
        <translation>Das Fenster von Kates: Cluster, eine lebende Karte, Ressourcen und Deployment.</translation>
    </message>
    <message>
        <source>The engine&apos;s connection file.</source>
        <translation>Die Verbindungsdatei der Engine.</translation>
    </message>
    <message>
        <source>system, dark, light or projector.</source>
        <translation>system, dark, light oder projector.</translation>
    </message>
    <message>
        <source>en or de.</source>
        <translation>en oder de.</translation>
    </message>
    <message>
        <source>The cluster to open.</source>
        <translation>Der Cluster, der geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Go to, find by name, label or annotation, or :po shop, :ns shop, :ctx prod</source>
        <translation>Gehe zu, suche nach Name, Label oder Annotation, oder :po shop, :ns shop, :ctx prod</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>Nichts heißt so.</translation>
    </message>
</context>
<context>
    <name>CompletionMenu</name>
    <message>
        <source>What fits here</source>
        <translation>Was hier passt</translation>
    </message>
    <message>
        <source>%1, required</source>
        <translation>%1, erforderlich</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>of an older spec</source>
        <translation>von einer älteren spec</translation>
    </message>
</context>
<context>
    <name>Conditions</name>
    <message>
        <source>A node was chosen for it.</source>
        <translation>Ein Node ist für ihn gewählt.</translation>
    </message>
    <message>
        <source>No node was found for it yet.</source>
        <translation>Noch fand sich kein Node für ihn.</translation>
    </message>
    <message>
        <source>Its network and volumes are set up.</source>
        <translation>Netz und Volumes sind eingerichtet.</translation>
    </message>
    <message>
        <source>Its network or volumes are not set up.</source>
        <translation>Netz oder Volumes sind nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Its init containers have done their work.</source>
        <translation>Seine Init-Container sind fertig.</translation>
    </message>
    <message>
        <source>Its init containers are still to finish.</source>
        <translation>Seine Init-Container sind noch nicht fertig.</translation>
    </message>
    <message>
        <source>All its containers are ready.</source>
        <translation>Alle seine Container sind bereit.</translation>
    </message>
    <message>
        <source>Not all its containers are ready.</source>
        <translation>Nicht alle seine Container sind bereit.</translation>
    </message>
    <message>
        <source>Services send it requests.</source>
        <translation>Services schicken ihm Anfragen.</translation>
    </message>
    <message>
        <source>Services send it no requests.</source>
        <translation>Services schicken ihm keine Anfragen.</translation>
    </message>
    <message>
        <source>It is about to be ended from outside.</source>
        <translation>Es wird gleich von außen beendet.</translation>
    </message>
    <message>
        <source>All that was asked for has succeeded.</source>
        <translation>Alles Verlangte ist gelungen.</translation>
    </message>
    <message>
        <source>It counts as succeeded.</source>
        <translation>Es gilt als gelungen.</translation>
    </message>
    <message>
        <source>It has given up.</source>
        <translation>Es hat aufgegeben.</translation>
    </message>
    <message>
        <source>It waits until it is resumed.</source>
        <translation>Es wartet, bis es fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Some of its pods may be evicted now.</source>
        <translation>Einige seiner Pods dürfen jetzt verdrängt werden.</translation>
    </message>
    <message>
        <source>None of its pods may be evicted now.</source>
        <translation>Keiner seiner Pods darf jetzt verdrängt werden.</translation>
    </message>
    <message>
        <source>The server serves this kind.</source>
        <translation>Der Server bedient diese Art.</translation>
    </message>
    <message>
        <source>The server does not serve this kind yet.</source>
        <translation>Der Server bedient diese Art noch nicht.</translation>
    </message>
    <message>
        <source>Its controller has not acted on the newest spec yet: what stands below may be out of date.</source>
        <translation>Sein Controller hat die neueste spec noch nicht bearbeitet: Was unten steht, kann veraltet sein.</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Run a program to log in to %1?</source>
        <translation>Ein Programm zur Anmeldung bei %1 ausführen?</translation>
    </message>
    <message>
        <source>The kubeconfig says that credentials come from this command. The engine will run it as you, now and whenever they expire. Nothing has been run so far.</source>
        <translation>Laut Kubeconfig kommen die Zugangsdaten von diesem Befehl. Die Engine führt ihn in Ihrem Namen aus, jetzt und immer, wenn sie ablaufen. Bisher wurde nichts ausgeführt.</translation>
    </message>
    <message>
        <source>Command: %1</source>
        <translation>Befehl: %1</translation>
    </message>
    <message>
        <source>Agree only if you know the program and where the file came from. Should the command ever change, you are asked again.</source>
        <translation>Stimmen Sie nur zu, wenn Sie das Programm und die Herkunft der Datei kennen. Ändert sich der Befehl, werden Sie erneut gefragt.</translation>
    </message>
    <message>
        <source>Do not run it</source>
        <translation>Nicht ausführen</translation>
    </message>
    <message>
        <source>Run this command</source>
        <translation>Diesen Befehl ausführen</translation>
    </message>
    <message>
        <source>The command is too long to be shown whole, so it cannot be agreed to here.</source>
        <translation>Der Befehl ist zu lang, um ganz gezeigt zu werden; hier kann ihm nicht zugestimmt werden.</translation>
    </message>
</context>
<context>
    <name>ContainerRow</name>
    <message>
        <source>init</source>
        <translation>Init</translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>%n Neustart</numerusform>
            <numerusform>%n Neustarts</numerusform>
        </translation>
    </message>
    <message>
        <source>Shell in %1</source>
        <translation>Shell in %1</translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation>Log von %1</translation>
    </message>
</context>
<context>
    <name>ContextRow</name>
    <message>
        <source>%1, server %2, user %3</source>
        <translation>%1, Server %2, Benutzer %3</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 (current)</source>
        <translation>%1 (aktuell)</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
</context>
<context>
    <name>ControlPlaneLayout</name>
    <message>
        <source>API server</source>
        <translation>API-Server</translation>
    </message>
    <message>
        <source>Controller manager</source>
        <translation>Controller-Manager</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>Scheduler</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1 ago  ·  %2</source>
        <translation>vor %1  ·  %2</translation>
    </message>
    <message>
        <source>Request rate: not published by this server.</source>
        <translation>Anfragerate: von diesem Server nicht veröffentlicht.</translation>
    </message>
    <message>
        <source>Request rate: not read here.</source>
        <translation>Anfragerate: hier nicht gelesen.</translation>
    </message>
    <message>
        <source>Size and revisions: not published.</source>
        <translation>Größe und Revisionen: nicht veröffentlicht.</translation>
    </message>
    <message>
        <source>It has said nothing in the events that are kept.</source>
        <translation>In den aufbewahrten Events hat es nichts gesagt.</translation>
    </message>
    <message>
        <source>%1, in process %2</source>
        <translation>%1, im Prozess %2</translation>
    </message>
    <message>
        <source>1 restart</source>
        <translation>1 Neustart</translation>
    </message>
    <message>
        <source>%1 restarts</source>
        <translation>%1 Neustarts</translation>
    </message>
    <message>
        <source>cpu</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>mem</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Not shown by this cluster</source>
        <translation>Von diesem Cluster nicht gezeigt</translation>
    </message>
    <message>
        <source>The only one: no election is held.</source>
        <translation>Der einzige: keine Wahl.</translation>
    </message>
    <message>
        <source>No lease is to be seen: who leads is not known.</source>
        <translation>Keine Lease ist zu sehen: Wer führt, ist unbekannt.</translation>
    </message>
    <message>
        <source>Stands by: %1 leads.</source>
        <translation>In Bereitschaft: %1 führt.</translation>
    </message>
    <message>
        <source>Led by %1</source>
        <translation>Geführt von %1</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>lease</source>
        <translation>Lease</translation>
    </message>
    <message>
        <source>1 take-over</source>
        <translation>1 Übernahme</translation>
    </message>
    <message>
        <source>%1 take-overs</source>
        <translation>%1 Übernahmen</translation>
    </message>
    <message>
        <source>Control plane: this cluster does not show its masters</source>
        <translation>Control Plane: Dieser Cluster zeigt seine Master nicht</translation>
    </message>
    <message>
        <source>Master %1</source>
        <translation>Master %1</translation>
    </message>
    <message>
        <source>Heartbeats of the nodes</source>
        <translation>Herzschläge der Nodes</translation>
    </message>
    <message>
        <source>last heartbeat %1 ago</source>
        <translation>letzter Herzschlag vor %1</translation>
    </message>
    <message>
        <source>no heartbeat to be seen</source>
        <translation>kein Herzschlag zu sehen</translation>
    </message>
    <message>
        <source>All %1 on time</source>
        <translation>Alle %1 pünktlich</translation>
    </message>
    <message>
        <source>%1 of %2 late</source>
        <translation>%1 von %2 verspätet</translation>
    </message>
    <message>
        <source>CPU and memory: see its card on the Clusters page.</source>
        <translation>CPU und Speicher: siehe seine Karte auf der Cluster-Seite.</translation>
    </message>
</context>
<context>
    <name>CreateClusterDialog</name>
    <message>
        <source>There is a cluster of this name already.</source>
        <translation>Einen Cluster dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation>Neuer Cluster</translation>
    </message>
    <message>
        <source>One control plane: the cluster pauses while it is down. Nothing is lost.</source>
        <translation>Eine Control Plane: Solange sie ausfällt, ruht der Cluster. Verloren geht nichts.</translation>
    </message>
    <message numerus="yes">
        <source>%1 control planes agree by majority: %2 of them must be up, so %n may fail.</source>
        <translation>
            <numerusform>%1 Control Planes entscheiden mit Mehrheit: %2 müssen laufen, also darf %n ausfallen.</numerusform>
            <numerusform>%1 Control Planes entscheiden mit Mehrheit: %2 müssen laufen, also dürfen %n ausfallen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Control planes</source>
        <translation>Control Planes</translation>
    </message>
    <message>
        <source>Not available yet: this engine runs one control plane. More of them need the etcd store.</source>
        <translation>Noch nicht verfügbar: Diese Engine betreibt eine Control Plane. Mehrere brauchen den etcd-Speicher.</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>Real nodes: their pods are real containers with their own network.</source>
        <translation>Echte Nodes: Ihre Pods sind echte Container mit eigenem Netz.</translation>
    </message>
    <message>
        <source>Simulated nodes</source>
        <translation>Simulierte Nodes</translation>
    </message>
    <message>
        <source>They take pods but run nothing: for scheduling at scale. Marked as simulated everywhere.</source>
        <translation>Sie nehmen Pods an, führen aber nichts aus: für Scheduling im Großen. Überall als simuliert markiert.</translation>
    </message>
    <message>
        <source>Runtime and networks</source>
        <translation>Runtime und Netze</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>What starts containers on the nodes. Auto takes crun, else runc.</source>
        <translation>Was auf den Nodes Container startet. Automatisch nimmt crun, sonst runc.</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Addresses of pods</source>
        <translation>Adressen der Pods</translation>
    </message>
    <message>
        <source>Addresses of services</source>
        <translation>Adressen der Services</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Creating …</source>
        <translation>Wird angelegt …</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
</context>
<context>
    <name>DeleteClusterDialog</name>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Its nodes, pods, volumes and everything stored in it go, and cannot be brought back. Images that other clusters share stay.</source>
        <translation>Seine Nodes, Pods, Volumes und alles Gespeicherte verschwinden unwiederbringlich. Images, die andere Cluster mitnutzen, bleiben.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Looking for what goes with it …</source>
        <translation>Gesucht wird, was mitgeht …</translation>
    </message>
    <message>
        <source>Nothing else is known to go with it.</source>
        <translation>Soweit bekannt, geht sonst nichts mit.</translation>
    </message>
    <message>
        <source>Nothing else goes with it.</source>
        <translation>Sonst geht nichts mit.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n object(s) that it owns stay behind without an owner:</source>
        <translation>
            <numerusform>Mindestens %n Objekt, das ihm gehört, bleibt ohne Besitzer zurück:</numerusform>
            <numerusform>Mindestens %n Objekte, die ihm gehören, bleiben ohne Besitzer zurück:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) that it owns stay behind without an owner:</source>
        <translation>
            <numerusform>%n Objekt, das ihm gehört, bleibt ohne Besitzer zurück:</numerusform>
            <numerusform>%n Objekte, die ihm gehören, bleiben ohne Besitzer zurück:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With it go at least %n object(s):</source>
        <translation>
            <numerusform>Mit ihm geht mindestens %n Objekt:</numerusform>
            <numerusform>Mit ihm gehen mindestens %n Objekte:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With it go %n object(s):</source>
        <translation>
            <numerusform>Mit ihm geht %n Objekt:</numerusform>
            <numerusform>Mit ihm gehen %n Objekte:</numerusform>
        </translation>
    </message>
    <message>
        <source>What goes with it</source>
        <translation>Was mitgeht</translation>
    </message>
    <message>
        <source>These kinds could not be looked through: %1.</source>
        <translation>Diese Arten ließen sich nicht durchsuchen: %1.</translation>
    </message>
    <message>
        <source>What it owns</source>
        <translation>Was ihm gehört</translation>
    </message>
    <message>
        <source>Goes afterwards (background)</source>
        <translation>Geht danach (background)</translation>
    </message>
    <message>
        <source>Goes first; the object waits for it (foreground)</source>
        <translation>Geht zuerst; das Objekt wartet darauf (foreground)</translation>
    </message>
    <message>
        <source>Stays (orphan)</source>
        <translation>Bleibt (orphan)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>DeployDetail</name>
    <message>
        <source>Take these fields over</source>
        <translation>Diese Felder übernehmen</translation>
    </message>
    <message>
        <source>Somebody else manages them. Applying with force makes them yours: kubectl apply --server-side --force-conflicts</source>
        <translation>Jemand anders verwaltet sie. Mit Zwang angewendet gehören sie Ihnen: kubectl apply --server-side --force-conflicts</translation>
    </message>
</context>
<context>
    <name>DeployFollower</name>
    <message>
        <source>You may not watch it.</source>
        <translation>Sie dürfen es nicht beobachten.</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
</context>
<context>
    <name>DeployList</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
</context>
<context>
    <name>DeployPage</name>
    <message>
        <source>Deploy</source>
        <translation>Deployen</translation>
    </message>
    <message>
        <source>Deploy to %1</source>
        <translation>Nach %1 deployen</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Choose a cluster</source>
        <translation>Cluster wählen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Apply %n object(s)</source>
        <translation>
            <numerusform>%n Objekt anwenden</numerusform>
            <numerusform>%n Objekte anwenden</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to apply</source>
        <translation>Nichts anzuwenden</translation>
    </message>
    <message>
        <source>Edit the text</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Puts back what was changed and deletes what was created</source>
        <translation>Stellt Geändertes wieder her und löscht Angelegtes</translation>
    </message>
</context>
<context>
    <name>DeployPhase</name>
    <message>
        <source>invalid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>will be created</source>
        <translation>wird angelegt</translation>
    </message>
    <message>
        <source>will change</source>
        <translation>wird geändert</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>applying</source>
        <translation>wird angewendet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>wird bereit</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>being undone</source>
        <translation>wird zurückgenommen</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>wie zuvor</translation>
    </message>
</context>
<context>
    <name>DeployStart</name>
    <message>
        <source>Deploy</source>
        <translation>Deployen</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Choose files …</source>
        <translation>Dateien wählen …</translation>
    </message>
    <message>
        <source>Choose a folder …</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>See what it would change</source>
        <translation>Zeigen, was sich ändern würde</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Drop files, folders, archives, kustomizations or a Helm chart anywhere on the window, or paste manifests here. You see what would change before anything is applied.</source>
        <translation>Dateien, Ordner, Archive, Kustomizations oder ein Helm-Chart irgendwo auf das Fenster ziehen oder Manifeste hier einfügen. Vor dem Anwenden sehen Sie, was sich ändern würde.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Files that were copied, or text</source>
        <translation>Kopierte Dateien oder Text</translation>
    </message>
    <message>
        <source>Manifests, archives and charts (*.yaml *.yml *.json *.tar *.tar.gz *.tgz *.zip)</source>
        <translation>Manifeste, Archive und Charts (*.yaml *.yml *.json *.tar *.tar.gz *.tgz *.zip)</translation>
    </message>
</context>
<context>
    <name>DetachDialog</name>
    <message>
        <source>Detach %1?</source>
        <translation>%1 lösen?</translation>
    </message>
    <message>
        <source>The cluster itself does not change. The engine forgets it and the credentials that it keeps for it; your kubeconfig stays as it is.</source>
        <translation>Der Cluster selbst ändert sich nicht. Die Engine vergisst ihn samt den Zugangsdaten; Ihre Kubeconfig bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Detach</source>
        <translation>Lösen</translation>
    </message>
</context>
<context>
    <name>DetailsDrawer</name>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Verwandt</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Events</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>This object has been deleted. What is shown is how it was last.</source>
        <translation>Dieses Objekt wurde gelöscht. Gezeigt wird sein letzter Stand.</translation>
    </message>
    <message>
        <source>Not up to date: %1</source>
        <translation>Nicht aktuell: %1</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>There is no such %1</source>
        <translation>So etwas gibt es nicht: %1</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>The cluster has no %1 now. It appears here as soon as it exists.</source>
        <translation>Der Cluster hat gerade kein %1. Es erscheint hier, sobald es da ist.</translation>
    </message>
    <message>
        <source>The namespace %1 has no %2 now. It appears here as soon as it exists.</source>
        <translation>Der Namespace %1 hat gerade kein %2. Es erscheint hier, sobald es da ist.</translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n unveränderte Zeile</numerusform>
            <numerusform>%n unveränderte Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) are not shown</source>
        <translation>
            <numerusform>%n weitere Zeile ist nicht gezeigt</numerusform>
            <numerusform>%n weitere Zeilen sind nicht gezeigt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DockBar</name>
    <message>
        <source>What is open in the dock</source>
        <translation>Was im Dock offen ist</translation>
    </message>
    <message>
        <source>Forwards</source>
        <translation>Weiterleitungen</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Back to its size</source>
        <translation>Zurück zur alten Größe</translation>
    </message>
    <message>
        <source>The whole height</source>
        <translation>Die ganze Höhe</translation>
    </message>
    <message>
        <source>Close the dock (Ctrl+`)</source>
        <translation>Dock schließen (Strg+`)</translation>
    </message>
    <message>
        <source>Open the dock (Ctrl+`)</source>
        <translation>Dock öffnen (Strg+`)</translation>
    </message>
</context>
<context>
    <name>DockPanel</name>
    <message>
        <source>Dock</source>
        <translation>Dock</translation>
    </message>
</context>
<context>
    <name>DockTab</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
</context>
<context>
    <name>Drain</name>
    <message>
        <source>Stays: the node itself runs it.</source>
        <translation>Bleibt: Der Node selbst betreibt ihn.</translation>
    </message>
    <message>
        <source>Stays: its DaemonSet would put it back at once.</source>
        <translation>Bleibt: Sein DaemonSet brächte ihn sofort zurück.</translation>
    </message>
    <message>
        <source>No controller would bring it back.</source>
        <translation>Kein Controller brächte ihn zurück.</translation>
    </message>
    <message>
        <source>What it wrote to its emptyDir volumes would be lost.</source>
        <translation>Was er in seine emptyDir-Volumes schrieb, ginge verloren.</translation>
    </message>
</context>
<context>
    <name>DrainDialog</name>
    <message>
        <source>Draining %1</source>
        <translation>%1 wird geräumt</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <translation>%1 räumen</translation>
    </message>
    <message>
        <source>Another node is being drained; one is drained at a time.</source>
        <translation>Ein anderer Node wird gerade geräumt; es geht nur einer auf einmal.</translation>
    </message>
    <message>
        <source>Looking at its pods …</source>
        <translation>Seine Pods werden angesehen …</translation>
    </message>
    <message numerus="yes">
        <source>Done: %n pod(s) have left. The node stays cordoned.</source>
        <translation>
            <numerusform>Fertig: %n Pod ist gegangen. Der Node bleibt gesperrt.</numerusform>
            <numerusform>Fertig: %n Pods sind gegangen. Der Node bleibt gesperrt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 gone, %2 to go. Pods leave as soon as their disruption budgets allow. You may close this: it goes on.</source>
        <translation>%1 gegangen, %2 noch da. Pods gehen, sobald ihre Disruption Budgets es erlauben. Sie dürfen dies schließen: Es geht weiter.</translation>
    </message>
    <message numerus="yes">
        <source>No new pods will be placed on the node, and %n pod(s) will be evicted.</source>
        <translation>
            <numerusform>Der Node bekommt keine neuen Pods, und %n Pod wird verdrängt.</numerusform>
            <numerusform>Der Node bekommt keine neuen Pods, und %n Pods werden verdrängt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pods on the node</source>
        <translation>Pods auf dem Node</translation>
    </message>
    <message>
        <source>Evict pods with emptyDir volumes too: what they wrote there is lost</source>
        <translation>Auch Pods mit emptyDir-Volumes verdrängen: Was sie dort schrieben, geht verloren</translation>
    </message>
    <message>
        <source>Evict pods without a controller too: nothing brings them back</source>
        <translation>Auch Pods ohne Controller verdrängen: Nichts bringt sie zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stop draining</source>
        <translation>Räumen abbrechen</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>Räumen (Drain)</translation>
    </message>
</context>
<context>
    <name>DropCatcher</name>
    <message>
        <source>Drop to see what it would change</source>
        <translation>Ablegen, um zu sehen, was sich ändern würde</translation>
    </message>
    <message>
        <source>Nothing is applied before you say so.</source>
        <translation>Angewendet wird erst auf Ihr Wort.</translation>
    </message>
</context>
<context>
    <name>EngineAbsent</name>
    <message>
        <source>Connecting to the engine …</source>
        <translation>Verbindung zur Engine …</translation>
    </message>
    <message>
        <source>The engine refuses this window</source>
        <translation>Die Engine weist dieses Fenster ab</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>Die Engine läuft nicht</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>Die Engine läuft nicht.</translation>
    </message>
    <message>
        <source>It keeps your clusters running in the background and is all that this window talks to. No account, nothing leaves this computer.</source>
        <translation>Sie hält Ihre Cluster im Hintergrund am Laufen; nur mit ihr spricht dieses Fenster. Kein Konto, nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Start the engine</source>
        <translation>Engine starten</translation>
    </message>
</context>
<context>
    <name>EventsTab</name>
    <message>
        <source>Events</source>
        <translation>Events</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n-mal</numerusform>
            <numerusform>%n-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Events</translation>
    </message>
    <message>
        <source>The server forgets events after a while, an hour as a rule.</source>
        <translation>Der Server vergisst Events nach einer Weile, meist nach einer Stunde.</translation>
    </message>
    <message>
        <source>The events cannot be read</source>
        <translation>Die Events sind nicht lesbar</translation>
    </message>
</context>
<context>
    <name>EvictDialog</name>
    <message>
        <source>Evict %1?</source>
        <translation>%1 verdrängen?</translation>
    </message>
    <message>
        <source>The pod is ended, unless a disruption budget wants it to stay for now. Its controller starts another, maybe on another node.</source>
        <translation>Der Pod wird beendet, sofern kein Disruption Budget ihn vorerst behalten will. Sein Controller startet einen anderen, vielleicht auf einem anderen Node.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Evict</source>
        <translation>Verdrängen (Evict)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Failing</source>
        <translation>Fehlerhaft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Progressing</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Terminating</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Filter: words, !word, -l labels, is:state</source>
        <translation>Filter: Wörter, !Wort, -l Labels, is:Zustand</translation>
    </message>
    <message>
        <source>Filter: words, -l app=web (/)</source>
        <translation>Filter: Wörter, -l app=web (/)</translation>
    </message>
    <message>
        <source>States and saved filters</source>
        <translation>Zustände und gespeicherte Filter</translation>
    </message>
    <message>
        <source>Keep this filter …</source>
        <translation>Diesen Filter behalten …</translation>
    </message>
    <message>
        <source>Forget the filter %1</source>
        <translation>Filter %1 vergessen</translation>
    </message>
    <message>
        <source>Keep this filter</source>
        <translation>Diesen Filter behalten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>ForwardDialog</name>
    <message>
        <source>Forward a port of %1</source>
        <translation>Einen Port von %1 weiterleiten</translation>
    </message>
    <message>
        <source>Programs on this computer then reach it at 127.0.0.1. Of a Service or a workload a ready pod is used, and another one when that goes.</source>
        <translation>Programme auf diesem Rechner erreichen ihn dann unter 127.0.0.1. Bei einem Service oder Workload wird ein bereiter Pod benutzt und ein anderer, wenn dieser geht.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Its port</source>
        <translation>Sein Port</translation>
    </message>
    <message>
        <source>Port on this computer</source>
        <translation>Port auf diesem Rechner</translation>
    </message>
    <message>
        <source>any that is free</source>
        <translation>irgendein freier</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Weiterleiten</translation>
    </message>
</context>
<context>
    <name>ForwardList</name>
    <message>
        <source>No port is forwarded</source>
        <translation>Kein Port wird weitergeleitet</translation>
    </message>
    <message>
        <source>Open a pod, a Service or a workload and choose Forward: a port of it then answers on this computer.</source>
        <translation>Öffnen Sie einen Pod, Service oder Workload und wählen Sie „Weiterleiten“: Einer seiner Ports antwortet dann auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Port-forwards</source>
        <translation>Port-Weiterleitungen</translation>
    </message>
    <message>
        <source>%1, port %2: %3</source>
        <translation>%1, Port %2: %3</translation>
    </message>
    <message>
        <source>%1, port %2</source>
        <translation>%1, Port %2</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) open</source>
        <translation>
            <numerusform>%n Verbindung offen</numerusform>
            <numerusform>%n Verbindungen offen</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 so far</source>
        <translation>, bisher %1</translation>
    </message>
    <message>
        <source>Last connection: %1</source>
        <translation>Letzte Verbindung: %1</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Forget this forward</source>
        <translation>Diese Weiterleitung vergessen</translation>
    </message>
</context>
<context>
    <name>Freshness</name>
    <message>
        <source>data %1 s old</source>
        <translation>Daten %1 s alt</translation>
    </message>
    <message>
        <source>data %1 min old</source>
        <translation>Daten %1 min alt</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Engine not running</source>
        <translation>Engine läuft nicht</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Reconnecting · %1</source>
        <translation>Verbindet neu · %1</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
</context>
<context>
    <name>Gauge</name>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Find or go to anything</source>
        <translation>Alles finden, überallhin gehen</translation>
    </message>
    <message>
        <source>Command: :po shop, :deploy /web, :ns shop, :ctx prod</source>
        <translation>Befehl: :po shop, :deploy /web, :ns shop, :ctx prod</translation>
    </message>
    <message>
        <source>Search, or filter the list</source>
        <translation>Suchen oder die Liste filtern</translation>
    </message>
    <message>
        <source>Clusters, map, resources, deploy</source>
        <translation>Cluster, Karte, Ressourcen, Deployen</translation>
    </message>
    <message>
        <source>Lock or unlock the cluster, choose its colour</source>
        <translation>Cluster sperren oder entsperren, seine Farbe wählen</translation>
    </message>
    <message>
        <source>Close what is open on top</source>
        <translation>Das Oberste schließen</translation>
    </message>
    <message>
        <source>To the next or previous control</source>
        <translation>Zum nächsten oder vorigen Bedienelement</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Diese Tasten</translation>
    </message>
    <message>
        <source>Lists and menus</source>
        <translation>Listen und Menüs</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Choose or take back</source>
        <translation>Wählen oder zurücknehmen</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Show everything, or its real size</source>
        <translation>Alles zeigen oder in wahrer Größe</translation>
    </message>
    <message>
        <source>The same as text</source>
        <translation>Dasselbe als Text</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Walk from thing to thing, open</source>
        <translation>Von Ding zu Ding gehen, öffnen</translation>
    </message>
    <message>
        <source>Zoom to what is chosen, fold or unfold it</source>
        <translation>Zum Gewählten zoomen, es ein- oder ausklappen</translation>
    </message>
    <message>
        <source>Arrange anew, unpin, motion on or off</source>
        <translation>Neu anordnen, lösen, Bewegung an oder aus</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Details, YAML, logs, shell</source>
        <translation>Details, YAML, Logs, Shell</translation>
    </message>
    <message>
        <source>Mark a row, or all</source>
        <translation>Eine Zeile oder alle markieren</translation>
    </message>
    <message>
        <source>Delete what is marked</source>
        <translation>Markiertes löschen</translation>
    </message>
    <message>
        <source>Copy the name, or the row</source>
        <translation>Namen oder Zeile kopieren</translation>
    </message>
</context>
<context>
    <name>KindList</name>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>Asking the server what it has …</source>
        <translation>Der Server wird gefragt, was er hat …</translation>
    </message>
</context>
<context>
    <name>Kubeconfig</name>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 KiB.</source>
        <translation>%1 ist größer als %2 KiB.</translation>
    </message>
    <message>
        <source>It names the cluster “%1”, which the file does not hold.</source>
        <translation>Er nennt den Cluster „%1“, den die Datei nicht enthält.</translation>
    </message>
    <message>
        <source>Its cluster names no usable server.</source>
        <translation>Sein Cluster nennt keinen brauchbaren Server.</translation>
    </message>
    <message>
        <source>It needs an “auth-provider”, which Kubernetes has replaced by credential plug-ins (exec).</source>
        <translation>Er braucht einen „auth-provider“, den Kubernetes durch Anmelde-Plug-ins (exec) ersetzt hat.</translation>
    </message>
    <message>
        <source>Choose another file, or write one that is complete: kubectl config view --minify --flatten &gt; cluster.yaml</source>
        <translation>Eine andere Datei wählen oder eine vollständige schreiben: kubectl config view --minify --flatten &gt; cluster.yaml</translation>
    </message>
    <message>
        <source>%1 is not a readable kubeconfig: %2.</source>
        <translation>%1 ist keine lesbare Kubeconfig: %2.</translation>
    </message>
    <message>
        <source>%1 is not a kubeconfig: it has no list of contexts.</source>
        <translation>%1 ist keine Kubeconfig: Die Liste der Kontexte fehlt.</translation>
    </message>
    <message>
        <source>%1 holds no context.</source>
        <translation>%1 enthält keinen Kontext.</translation>
    </message>
    <message>
        <source>%1 holds no context “%2” with a cluster.</source>
        <translation>%1 enthält keinen Kontext „%2“ mit einem Cluster.</translation>
    </message>
    <message>
        <source>It needs a proxy (proxy-url) or another user&apos;s name (as), which Kates does not do.</source>
        <translation>Er braucht einen Proxy (proxy-url) oder einen fremden Benutzernamen (as), was Kates nicht kann.</translation>
    </message>
</context>
<context>
    <name>LabelBar</name>
    <message>
        <source>Light %1</source>
        <translation>%1 hervorheben</translation>
    </message>
</context>
<context>
    <name>LensBar</name>
    <message>
        <source>Placement</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Control Plane</translation>
    </message>
    <message>
        <source>All clusters</source>
        <translation>Alle Cluster</translation>
    </message>
</context>
<context>
    <name>LogLegendBar</name>
    <message>
        <source>Where the lines come from</source>
        <translation>Woher die Zeilen kommen</translation>
    </message>
    <message>
        <source>Has ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Is interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>%1 has ended. A double click leaves only this one.</source>
        <translation>%1 ist beendet. Ein Doppelklick lässt nur diesen übrig.</translation>
    </message>
    <message>
        <source>%1 is interrupted. A double click leaves only this one.</source>
        <translation>%1 ist unterbrochen. Ein Doppelklick lässt nur diesen übrig.</translation>
    </message>
    <message>
        <source>Switch %1 off or on. A double click leaves only this one.</source>
        <translation>%1 aus- oder einschalten. Ein Doppelklick lässt nur diesen übrig.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
</context>
<context>
    <name>LogPattern</name>
    <message>
        <source>The expression is not complete: %1.</source>
        <translation>Der Ausdruck ist nicht vollständig: %1.</translation>
    </message>
</context>
<context>
    <name>LogTools</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Das Log durchsuchen</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>searching …</source>
        <translation>sucht …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Previous match (Enter)</source>
        <translation>Vorheriger Treffer (Eingabe)</translation>
    </message>
    <message>
        <source>Next match (Shift+Enter)</source>
        <translation>Nächster Treffer (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Only lines with</source>
        <translation>Nur Zeilen mit</translation>
    </message>
    <message>
        <source>Show only lines with this</source>
        <translation>Nur Zeilen zeigen, die dies enthalten</translation>
    </message>
    <message>
        <source>Search and filter by regular expressions</source>
        <translation>Mit regulären Ausdrücken suchen und filtern</translation>
    </message>
    <message>
        <source>Regular expressions</source>
        <translation>Reguläre Ausdrücke</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Vorheriges</translation>
    </message>
    <message>
        <source>The log of the containers before their last restart</source>
        <translation>Das Log der Container vor ihrem letzten Neustart</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>When each line was written (UTC)</source>
        <translation>Wann jede Zeile geschrieben wurde (UTC)</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>Umbrechen</translation>
    </message>
    <message>
        <source>Long lines take several rows</source>
        <translation>Lange Zeilen nehmen mehrere Reihen ein</translation>
    </message>
    <message>
        <source>Copy what is selected, or everything shown</source>
        <translation>Das Ausgewählte kopieren oder alles Gezeigte</translation>
    </message>
    <message>
        <source>Save what is shown to a file</source>
        <translation>Das Gezeigte in eine Datei speichern</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>Logzeilen</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>Noch wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>No container here was restarted, so there is no log of an earlier run.</source>
        <translation>Hier wurde kein Container neu gestartet, darum gibt es kein Log eines früheren Laufs.</translation>
    </message>
    <message>
        <source>No container has run yet. The log begins when one does.</source>
        <translation>Noch lief kein Container. Das Log beginnt, sobald einer läuft.</translation>
    </message>
    <message>
        <source>%1 of %2 lines shown</source>
        <translation>%1 von %2 Zeilen gezeigt</translation>
    </message>
    <message>
        <source>%1 lines; %2 older ones were let go</source>
        <translation>%1 Zeilen; %2 ältere wurden verworfen</translation>
    </message>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n neue Zeile</numerusform>
            <numerusform>%n neue Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Go to the end and follow it</source>
        <translation>Zum Ende gehen und ihm folgen</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Log speichern</translation>
    </message>
    <message>
        <source>Logs (*.log)</source>
        <translation>Logs (*.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 — Kates</source>
        <translation>%1 – Kates</translation>
    </message>
    <message>
        <source>Kates</source>
        <translation>Kates</translation>
    </message>
</context>
<context>
    <name>Manifest</name>
    <message>
        <source>This document is not a mapping.</source>
        <translation>Dieses Dokument ist kein Mapping.</translation>
    </message>
    <message>
        <source>This document has no %1.</source>
        <translation>Diesem Dokument fehlt %1.</translation>
    </message>
    <message>
        <source>This %1 has no metadata.name.</source>
        <translation>Dieses %1 hat keinen metadata.name.</translation>
    </message>
    <message>
        <source>An object with generateName cannot be applied; give it a name.</source>
        <translation>Ein Objekt mit generateName kann nicht angewendet werden; geben Sie ihm einen Namen.</translation>
    </message>
    <message>
        <source>YAML is indented by spaces, not by tabs.</source>
        <translation>YAML wird mit Leerzeichen eingerückt, nicht mit Tabulatoren.</translation>
    </message>
    <message>
        <source>This looks like a template: drop the folder with its Chart.yaml, or what the template makes.</source>
        <translation>Das sieht nach einer Vorlage aus: den Ordner mit der Chart.yaml ablegen, oder was die Vorlage ergibt.</translation>
    </message>
    <message>
        <source>A value with a colon and a space in it has to stand in quotes.</source>
        <translation>Ein Wert mit Doppelpunkt und Leerzeichen muss in Anführungszeichen stehen.</translation>
    </message>
    <message>
        <source>The file is larger than 8 MB.</source>
        <translation>Die Datei ist größer als 8 MB.</translation>
    </message>
    <message>
        <source>This is not a text file.</source>
        <translation>Das ist keine Textdatei.</translation>
    </message>
    <message>
        <source>There is no document in it.</source>
        <translation>Es enthält kein Dokument.</translation>
    </message>
    <message>
        <source>Only the first 10,000 documents are taken. Drop the rest afterwards, in smaller files.</source>
        <translation>Nur die ersten 10.000 Dokumente werden genommen. Den Rest danach in kleineren Dateien ablegen.</translation>
    </message>
    <message>
        <source>This is neither a file nor a folder.</source>
        <translation>Das ist weder eine Datei noch ein Ordner.</translation>
    </message>
    <message>
        <source>Not read: more than 64 MB were dropped together.</source>
        <translation>Nicht gelesen: Zusammen wurden mehr als 64 MB abgelegt.</translation>
    </message>
    <message>
        <source>There is no YAML or JSON file in it.</source>
        <translation>Es enthält keine YAML- oder JSON-Datei.</translation>
    </message>
    <message>
        <source>There are more than 2,000 files in it; only the first are taken.</source>
        <translation>Es enthält mehr als 2.000 Dateien; nur die ersten werden genommen.</translation>
    </message>
    <message>
        <source>This folder is a kustomization, and was not read as plain files: drop it by itself.</source>
        <translation>Dieser Ordner ist eine Kustomization und wurde nicht als gewöhnliche Dateien gelesen: einzeln ablegen.</translation>
    </message>
    <message>
        <source>This folder is a Helm chart, and was not read as plain files: drop it by itself.</source>
        <translation>Dieser Ordner ist ein Helm-Chart und wurde nicht als gewöhnliche Dateien gelesen: einzeln ablegen.</translation>
    </message>
    <message>
        <source>The Chart.yaml of this chart cannot be read.</source>
        <translation>Die Chart.yaml dieses Charts ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Running, not ready</source>
        <translation>Läuft, nicht bereit</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>cordoned</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>%1 more containers</source>
        <translation>%1 weitere Container</translation>
    </message>
    <message>
        <source>1 restart</source>
        <translation>1 Neustart</translation>
    </message>
    <message>
        <source>%1 restarts</source>
        <translation>%1 Neustarts</translation>
    </message>
</context>
<context>
    <name>MapControls</name>
    <message>
        <source>Zoom out (−)</source>
        <translation>Verkleinern (−)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>Alles zeigen (0)</translation>
    </message>
    <message>
        <source>The same as text (T)</source>
        <translation>Dasselbe als Text (T)</translation>
    </message>
    <message>
        <source>Export as SVG or PNG</source>
        <translation>Als SVG oder PNG exportieren</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Unpin what is chosen (P)</source>
        <translation>Gewähltes lösen (P)</translation>
    </message>
    <message>
        <source>Unpin all %1 (choose one to unpin only that)</source>
        <translation>Alle %1 lösen (eines wählen, um nur das zu lösen)</translation>
    </message>
    <message>
        <source>Arrange anew: things keep their places until then (R)</source>
        <translation>Neu anordnen: Bis dahin behalten die Dinge ihre Plätze (R)</translation>
    </message>
    <message>
        <source>Turn motion off (M)</source>
        <translation>Bewegung ausschalten (M)</translation>
    </message>
    <message>
        <source>Turn motion on (M)</source>
        <translation>Bewegung einschalten (M)</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>fehlerhaft</translation>
    </message>
    <message>
        <source>terminating</source>
        <translation>wird beendet</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>abgeschlossen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Open a cluster to see its nodes and the pods on them as they come and go.</source>
        <translation>Öffnen Sie einen Cluster, um seine Nodes und das Kommen und Gehen ihrer Pods zu sehen.</translation>
    </message>
    <message>
        <source>Go to the clusters</source>
        <translation>Zu den Clustern</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation>%1 ist nicht erreichbar</translation>
    </message>
    <message>
        <source>%1 has no nodes</source>
        <translation>%1 hat keine Nodes</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>No cluster to be seen</source>
        <translation>Kein Cluster zu sehen</translation>
    </message>
    <message>
        <source>Map: %1 clusters. Press T for the same as text.</source>
        <translation>Karte: %1 Cluster. T zeigt dasselbe als Text.</translation>
    </message>
    <message>
        <source>Map: %1 places, %2 things in them. Press T for the same as text.</source>
        <translation>Karte: %1 Orte, %2 Dinge darin. T zeigt dasselbe als Text.</translation>
    </message>
    <message>
        <source>larger cells ask for more CPU or memory</source>
        <translation>größere Zellen verlangen mehr CPU oder Speicher</translation>
    </message>
    <message>
        <source>dot: a Service sends it traffic; dashed: meant, but nothing serves</source>
        <translation>Punkt: Ein Service schickt ihm Verkehr; gestrichelt: gemeint, aber nichts antwortet</translation>
    </message>
</context>
<context>
    <name>MapTwin</name>
    <message>
        <source>Map as text</source>
        <translation>Karte als Text</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Find a node or pod</source>
        <translation>Node oder Pod suchen</translation>
    </message>
</context>
<context>
    <name>MapTwinLine</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>zu</translation>
    </message>
</context>
<context>
    <name>MetricsPart</name>
    <message>
        <source>Usage</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Erneut messen</translation>
    </message>
    <message>
        <source>%1 uses %2 CPU and %3 memory</source>
        <translation>%1 nutzt %2 CPU und %3 Speicher</translation>
    </message>
    <message>
        <source>%1 CPU  ·  %2 memory</source>
        <translation>%1 CPU  ·  %2 Speicher</translation>
    </message>
</context>
<context>
    <name>NamespaceChooser</name>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namespaces</translation>
    </message>
    <message>
        <source>%1 namespaces</source>
        <translation>%1 Namespaces</translation>
    </message>
    <message>
        <source>Choose the namespaces to show</source>
        <translation>Gezeigte Namespaces wählen</translation>
    </message>
    <message>
        <source>Type to filter</source>
        <translation>Tippen filtert</translation>
    </message>
    <message>
        <source>Filter the namespaces, or type a name</source>
        <translation>Namespaces filtern oder einen Namen tippen</translation>
    </message>
    <message>
        <source>The server does not let you list namespaces. Type the names of those that you may see.</source>
        <translation>Der Server lässt Sie Namespaces nicht auflisten. Tippen Sie die Namen derer, die Sie sehen dürfen.</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>Namespaces</translation>
    </message>
    <message>
        <source>as typed</source>
        <translation>wie getippt</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Clusters</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>Deployen</translation>
    </message>
    <message>
        <source>Kates</source>
        <translation>Kates</translation>
    </message>
</context>
<context>
    <name>NetworkRange</name>
    <message>
        <source>An IPv4 network is wanted, such as 10.244.0.0/16.</source>
        <translation>Erwartet wird ein IPv4-Netz wie 10.244.0.0/16.</translation>
    </message>
    <message>
        <source>It must begin with the first address of the network.</source>
        <translation>Es muss mit der ersten Adresse des Netzes beginnen.</translation>
    </message>
    <message>
        <source>It is too small: at most /%1.</source>
        <translation>Es ist zu klein: höchstens /%1.</translation>
    </message>
</context>
<context>
    <name>NoticeStack</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>OverviewTab</name>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>Deployen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>Farben: wie das System</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Farben: dunkel</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Farben: hell</translation>
    </message>
    <message>
        <source>Theme: projector, large type</source>
        <translation>Farben: Beamer, große Schrift</translation>
    </message>
    <message>
        <source>Language: as the system</source>
        <translation>Sprache: wie das System</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Lock or unlock this cluster, choose its colour</source>
        <translation>Diesen Cluster sperren oder entsperren, seine Farbe wählen</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>with “%1”</source>
        <translation>mit „%1“</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>Namespaces</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namespaces</translation>
    </message>
    <message>
        <source>as typed</source>
        <translation>wie getippt</translation>
    </message>
</context>
<context>
    <name>PlacementLayout</name>
    <message>
        <source>Gone</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Unknown node</source>
        <translation>Unbekannter Node</translation>
    </message>
    <message>
        <source>No zone</source>
        <translation>Keine Zone</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>Zone %1</translation>
    </message>
    <message>
        <source>Failure domain: what topology.kubernetes.io/zone says of these nodes.</source>
        <translation>Ausfallbereich: was topology.kubernetes.io/zone von diesen Nodes sagt.</translation>
    </message>
    <message>
        <source>%1 / %2 pods</source>
        <translation>%1 / %2 Pods</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 Pods</translation>
    </message>
    <message>
        <source>cpu</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>mem</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>1 pod without a node</source>
        <translation>1 Pod ohne Node</translation>
    </message>
    <message>
        <source>%1 pods without a node</source>
        <translation>%1 Pods ohne Node</translation>
    </message>
    <message>
        <source>The scheduler has not said anything yet.</source>
        <translation>Der Scheduler hat noch nichts gesagt.</translation>
    </message>
</context>
<context>
    <name>ProblemNote</name>
    <message>
        <source>Fix: %1</source>
        <translation>Abhilfe: %1</translation>
    </message>
</context>
<context>
    <name>ProcessesSheet</name>
    <message>
        <source>Processes of %1</source>
        <translation>Prozesse von %1</translation>
    </message>
    <message>
        <source>%1 % of a core</source>
        <translation>%1 % eines Kerns</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <translation>%1, %2, %3, %4</translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s): %1</source>
        <translation>
            <numerusform>%n Neustart: %1</numerusform>
            <numerusform>%n Neustarts: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>No process of this cluster runs.</source>
        <translation>Kein Prozess dieses Clusters läuft.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ProtectionDialog</name>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Protection of %1</source>
        <translation>Schutz von %1</translation>
    </message>
    <message>
        <source>Changes are allowed. Lock it to make every action that would change or run something in it impossible.</source>
        <translation>Änderungen sind erlaubt. Gesperrt ist alles unmöglich, was in ihm etwas ändern oder ausführen würde.</translation>
    </message>
    <message>
        <source>This cluster is not on this computer, so it is read-only until you unlock it: other people may depend on it.</source>
        <translation>Dieser Cluster ist nicht auf diesem Rechner und deshalb schreibgeschützt, bis Sie ihn entsperren: Andere könnten von ihm abhängen.</translation>
    </message>
    <message>
        <source>This cluster is read-only: nothing in it can be changed or run from this window.</source>
        <translation>Dieser Cluster ist schreibgeschützt: Von diesem Fenster aus lässt sich in ihm nichts ändern oder ausführen.</translation>
    </message>
    <message>
        <source>Type “%1” to unlock it</source>
        <translation>Zum Entsperren „%1“ tippen</translation>
    </message>
    <message>
        <source>Name of the cluster to unlock</source>
        <translation>Name des Clusters, der entsperrt wird</translation>
    </message>
    <message>
        <source>Colour around the window</source>
        <translation>Farbe um das Fenster</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message>
        <source>Owned by</source>
        <translation>Gehört zu</translation>
    </message>
    <message>
        <source>Owns</source>
        <translation>Besitzt</translation>
    </message>
    <message>
        <source>Selected by</source>
        <translation>Ausgewählt von</translation>
    </message>
    <message>
        <source>Selects</source>
        <translation>Wählt aus</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Führt aus</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Nutzt</translation>
    </message>
    <message>
        <source>Reached through</source>
        <translation>Erreichbar über</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Genutzt von</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skaliert</translation>
    </message>
</context>
<context>
    <name>RelatedTab</name>
    <message>
        <source>Related objects</source>
        <translation>Verwandte Objekte</translation>
    </message>
    <message>
        <source>Nothing belongs to it</source>
        <translation>Nichts gehört dazu</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
</context>
<context>
    <name>RemoteCard</name>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Credential plug-in</source>
        <translation>Anmelde-Plug-in</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>Name und Passwort</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Remote cluster %1, %2</source>
        <translation>Entfernter Cluster %1, %2</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Changes allowed</source>
        <translation>Änderungen erlaubt</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Review the command</source>
        <translation>Befehl prüfen</translation>
    </message>
    <message>
        <source>Detach %1</source>
        <translation>%1 lösen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>Mit %1 verbinden</translation>
    </message>
</context>
<context>
    <name>RemoteCluster</name>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Needs your consent</source>
        <translation>Braucht Ihre Zustimmung</translation>
    </message>
    <message>
        <source>Refuses the credentials</source>
        <translation>Weist die Zugangsdaten ab</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Zertifikat nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Detaching</source>
        <translation>Wird gelöst</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Noch nicht gefragt</translation>
    </message>
</context>
<context>
    <name>ResourcesPage</name>
    <message>
        <source>No cluster is open</source>
        <translation>Kein Cluster ist offen</translation>
    </message>
    <message>
        <source>Open a cluster to see what it holds.</source>
        <translation>Öffnen Sie einen Cluster, um zu sehen, was er enthält.</translation>
    </message>
    <message>
        <source>Go to the clusters</source>
        <translation>Zu den Clustern</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Read again: the server does not say when these change</source>
        <translation>Neu lesen: Der Server meldet hier keine Änderungen</translation>
    </message>
    <message>
        <source>Save what is shown as CSV</source>
        <translation>Gezeigtes als CSV speichern</translation>
    </message>
    <message>
        <source>This is not up to date: %1</source>
        <translation>Das ist nicht aktuell: %1</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
</context>
<context>
    <name>RevisionRow</name>
    <message>
        <source>Revision %1</source>
        <translation>Revision %1</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
</context>
<context>
    <name>RevisionsDialog</name>
    <message>
        <source>The roll-out is paused: resume it first.</source>
        <translation>Der Rollout ist angehalten: erst fortsetzen.</translation>
    </message>
    <message>
        <source>Revisions of %1</source>
        <translation>Revisionen von %1</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>No revision is kept.</source>
        <translation>Keine Revision ist aufbewahrt.</translation>
    </message>
    <message>
        <source>Only the current revision is kept.</source>
        <translation>Nur die aktuelle Revision ist aufbewahrt.</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Revisionen</translation>
    </message>
    <message>
        <source>What going back to revision %1 would change</source>
        <translation>Was das Zurückgehen auf Revision %1 ändern würde</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Go back to revision %1</source>
        <translation>Zurück auf Revision %1</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurückgehen</translation>
    </message>
</context>
<context>
    <name>ScaleDialog</name>
    <message>
        <source>Scale %1</source>
        <translation>%1 skalieren</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
</context>
<context>
    <name>Schema</name>
    <message>
        <source>list of %1</source>
        <translation>Liste von %1</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>must be of type %1</source>
        <translation>muss vom Typ %1 sein</translation>
    </message>
    <message>
        <source>must be one of %1</source>
        <translation>muss eines von %1 sein</translation>
    </message>
    <message>
        <source>is not a field here</source>
        <translation>ist hier kein Feld</translation>
    </message>
    <message>
        <source>is not a field here; did you mean %1?</source>
        <translation>ist hier kein Feld; meinten Sie %1?</translation>
    </message>
    <message>
        <source>lacks the field %1</source>
        <translation>fehlt das Feld %1</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>Sperren (Cordon)</translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation>Freigeben (Uncordon)</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 erledigt</translation>
    </message>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n markiert</numerusform>
            <numerusform>%n markiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark nothing (Esc)</source>
        <translation>Nichts markieren (Esc)</translation>
    </message>
</context>
<context>
    <name>SettingsMenu</name>
    <message>
        <source>Theme: as the system</source>
        <translation>Farben: wie das System</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Farben: dunkel</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Farben: hell</translation>
    </message>
    <message>
        <source>Theme: projector, large type</source>
        <translation>Farben: Beamer, große Schrift</translation>
    </message>
    <message>
        <source>Language: as the system</source>
        <translation>Sprache: wie das System</translation>
    </message>
    <message>
        <source>Theme and language</source>
        <translation>Farben und Sprache</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>TabStrip</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>TableFilter</name>
    <message>
        <source>“%1” is not a label selector; for example: -l app=web</source>
        <translation>„%1“ ist kein Label-Selektor; zum Beispiel: -l app=web</translation>
    </message>
    <message>
        <source>There is no state “%1”; for example: is:failing</source>
        <translation>Einen Zustand „%1“ gibt es nicht; zum Beispiel: is:failing</translation>
    </message>
</context>
<context>
    <name>TableGrid</name>
    <message>
        <source>%1 cannot be listed</source>
        <translation>%1 lassen sich nicht auflisten</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>There are no %1</source>
        <translation>Es gibt keine %1</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are hidden by the filter or by the chosen namespaces.</source>
        <translation>
            <numerusform>%n Objekt ist durch den Filter oder die gewählten Namespaces verborgen.</numerusform>
            <numerusform>%n Objekte sind durch den Filter oder die gewählten Namespaces verborgen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1
Perhaps you may in one namespace: choose it above.</source>
        <translation>%1
Vielleicht dürfen Sie es in einem Namespace: oben wählen.</translation>
    </message>
</context>
<context>
    <name>TableHeader</name>
    <message>
        <source>, descending</source>
        <translation>, absteigend</translation>
    </message>
    <message>
        <source>, ascending</source>
        <translation>, aufsteigend</translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message numerus="yes">
        <source>%n task(s) running</source>
        <translation>
            <numerusform>%n Aufgabe läuft</numerusform>
            <numerusform>%n Aufgaben laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being done.</source>
        <translation>Es gibt nichts zu tun.</translation>
    </message>
    <message>
        <source>Clear what has ended</source>
        <translation>Beendetes entfernen</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Nothing runs</source>
        <translation>Nichts läuft</translation>
    </message>
    <message>
        <source>Cluster starts, deployments, port-forwards, logs and shells are listed here while they run.</source>
        <translation>Cluster-Starts, Deployments, Port-Weiterleitungen, Logs und Shells stehen hier, während sie laufen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 abbrechen</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
</context>
<context>
    <name>TerminalTab</name>
    <message>
        <source>Connecting …</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>New shell</source>
        <translation>Neue Shell</translation>
    </message>
    <message>
        <source>Terminal, %1</source>
        <translation>Terminal, %1</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Nothing can be changed in this cluster from here. Click to unlock it.</source>
        <translation>In diesem Cluster lässt sich von hier nichts ändern. Klicken entsperrt ihn.</translation>
    </message>
    <message>
        <source>Changes are allowed. Click to lock this cluster or to give it a colour.</source>
        <translation>Änderungen sind erlaubt. Klicken sperrt diesen Cluster oder gibt ihm eine Farbe.</translation>
    </message>
    <message>
        <source>Search  Ctrl+K</source>
        <translation>Suchen  Strg+K</translation>
    </message>
    <message>
        <source>Go anywhere, find by name, label or annotation</source>
        <translation>Überallhin gehen, nach Name, Label oder Annotation suchen</translation>
    </message>
    <message>
        <source>Keys (?)</source>
        <translation>Tasten (?)</translation>
    </message>
</context>
<context>
    <name>YamlCheck</name>
    <message>
        <source>The text must be one object.</source>
        <translation>Der Text muss ein Objekt sein.</translation>
    </message>
    <message>
        <source>%1 stands twice; the last one counts</source>
        <translation>%1 steht doppelt; das letzte zählt</translation>
    </message>
</context>
<context>
    <name>YamlConflicts</name>
    <message numerus="yes">
        <source>Others manage %n field(s) that you change. If you keep yours, you take the fields over, and they may want them back.</source>
        <translation>
            <numerusform>Andere verwalten %n Feld, das Sie ändern. Behalten Sie Ihres, übernehmen Sie das Feld; vielleicht wird es zurückverlangt.</numerusform>
            <numerusform>Andere verwalten %n Felder, die Sie ändern. Behalten Sie Ihre, übernehmen Sie die Felder; vielleicht werden sie zurückverlangt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Held by %1.</source>
        <translation>Gehalten von %1.</translation>
    </message>
    <message>
        <source>Held by %1 (%2) since %3.</source>
        <translation>Gehalten von %1 (%2) seit %3.</translation>
    </message>
    <message>
        <source>Theirs: %1. Yours: %2.</source>
        <translation>Deren: %1. Ihrer: %2.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Saving makes you the manager of these fields, as kubectl apply --server-side --force-conflicts does.</source>
        <translation>Speichern macht Sie zum Verwalter dieser Felder, wie kubectl apply --server-side --force-conflicts.</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Deren übernehmen</translation>
    </message>
    <message>
        <source>Puts their values into your text and reviews it again.</source>
        <translation>Setzt deren Werte in Ihren Text und prüft erneut.</translation>
    </message>
</context>
<context>
    <name>YamlEditor</name>
    <message>
        <source>YAML of %1</source>
        <translation>YAML von %1</translation>
    </message>
</context>
<context>
    <name>YamlOutdated</name>
    <message>
        <source>The object has been deleted on the server. Your text is still here: copy it, or deploy it as a new object.</source>
        <translation>Das Objekt wurde auf dem Server gelöscht. Ihr Text ist noch hier: kopieren oder als neues Objekt deployen.</translation>
    </message>
    <message>
        <source>The object has changed on the server since you began. Your text is untouched.</source>
        <translation>Das Objekt hat sich seit Beginn auf dem Server geändert. Ihr Text ist unberührt.</translation>
    </message>
    <message>
        <source>Show their change</source>
        <translation>Deren Änderung zeigen</translation>
    </message>
    <message>
        <source>Merge it into my text</source>
        <translation>In meinen Text führen</translation>
    </message>
</context>
<context>
    <name>YamlProblems</name>
    <message>
        <source>No problem found by the server&apos;s schema. Ctrl+Space offers what fits.</source>
        <translation>Das Schema des Servers findet kein Problem. Strg+Leertaste bietet an, was passt.</translation>
    </message>
    <message>
        <source>The server does not say which fields this kind has; the review will check.</source>
        <translation>Der Server sagt nicht, welche Felder diese Art hat; die Prüfung klärt es.</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
</context>
<context>
    <name>YamlTab</name>
    <message>
        <source>What changed on the server</source>
        <translation>Was sich auf dem Server geändert hat</translation>
    </message>
    <message>
        <source>What saving would change</source>
        <translation>Was Speichern ändern würde</translation>
    </message>
</context>
<context>
    <name>YamlToolBar</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>This object has been deleted.</source>
        <translation>Dieses Objekt wurde gelöscht.</translation>
    </message>
    <message>
        <source>This object holds text that cannot be shown as it is, so it cannot be edited here without losing some of it.</source>
        <translation>Dieses Objekt enthält Text, der sich nicht unverändert zeigen lässt; hier bearbeitet ginge ein Teil verloren.</translation>
    </message>
    <message>
        <source>Bring my text back</source>
        <translation>Meinen Text zurückholen</translation>
    </message>
    <message>
        <source>Fold managed fields</source>
        <translation>managedFields einklappen</translation>
    </message>
    <message>
        <source>Show managed fields</source>
        <translation>managedFields zeigen</translation>
    </message>
    <message>
        <source>Back to the text</source>
        <translation>Zurück zum Text</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Asks the server what would change; changes nothing.</source>
        <translation>Fragt den Server, was sich ändern würde; ändert nichts.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>kates::app::Access</name>
    <message>
        <source>You may not %1 %2 on this cluster.</source>
        <translation>%1 von %2 ist Ihnen in diesem Cluster nicht erlaubt.</translation>
    </message>
    <message>
        <source>You may not %1 %2 in the namespace %3.</source>
        <translation>%1 von %2 ist Ihnen im Namespace %3 nicht erlaubt.</translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation>Der Server sagt: %1</translation>
    </message>
</context>
<context>
    <name>kates::app::BulkActions</name>
    <message>
        <source>This cluster is open for reading only.</source>
        <translation>Dieser Cluster ist nur zum Lesen offen.</translation>
    </message>
    <message>
        <source>The server does not offer this for %1.</source>
        <translation>Das bietet der Server für %1 nicht.</translation>
    </message>
    <message>
        <source>You may not do this to %1.</source>
        <translation>Das dürfen Sie mit %1 nicht tun.</translation>
    </message>
    <message>
        <source>You may not do this to %1 in the namespace %2.</source>
        <translation>Das dürfen Sie mit %1 im Namespace %2 nicht tun.</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… und %n weiteres.</numerusform>
            <numerusform>… und %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 did not work</source>
        <translation>%1 von %2 gelang nicht</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are being deleted.</source>
        <translation>
            <numerusform>%n Objekt wird gelöscht.</numerusform>
            <numerusform>%n Objekte werden gelöscht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) were changed.</source>
        <translation>
            <numerusform>%n Objekt wurde geändert.</numerusform>
            <numerusform>%n Objekte wurden geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the number of pods.</source>
        <translation>Geben Sie die Anzahl der Pods an.</translation>
    </message>
    <message>
        <source>Write KEY=VALUE, or KEY- to take the label away.</source>
        <translation>SCHLÜSSEL=WERT schreiben, oder SCHLÜSSEL- um das Label zu entfernen.</translation>
    </message>
    <message>
        <source>“%1” cannot be the key of a label.</source>
        <translation>„%1“ kann kein Schlüssel eines Labels sein.</translation>
    </message>
    <message>
        <source>“%1” cannot be the value of a label.</source>
        <translation>„%1“ kann kein Wert eines Labels sein.</translation>
    </message>
</context>
<context>
    <name>kates::app::ChartRelease</name>
    <message>
        <source>“%1” cannot be the name of a release: small letters, digits and dashes, at most 53.</source>
        <translation>„%1“ kann kein Name eines Release sein: Kleinbuchstaben, Ziffern und Bindestriche, höchstens 53.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a namespace.</source>
        <translation>„%1“ kann kein Name eines Namespace sein.</translation>
    </message>
</context>
<context>
    <name>kates::app::ClusterActions</name>
    <message>
        <source>A cluster needs a name.</source>
        <translation>Ein Cluster braucht einen Namen.</translation>
    </message>
    <message>
        <source>Lower-case letters, digits and “-”, beginning and ending with a letter or digit.</source>
        <translation>Kleinbuchstaben, Ziffern und „-“, am Anfang und Ende ein Buchstabe oder eine Ziffer.</translation>
    </message>
    <message>
        <source>At most %1 characters.</source>
        <translation>Höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>It overlaps the range of the pods.</source>
        <translation>Es überschneidet sich mit dem Bereich der Pods.</translation>
    </message>
    <message>
        <source>“%1” was not started</source>
        <translation>„%1“ wurde nicht gestartet</translation>
    </message>
    <message>
        <source>“%1” was not stopped</source>
        <translation>„%1“ wurde nicht gestoppt</translation>
    </message>
    <message>
        <source>“%1” was not deleted</source>
        <translation>„%1“ wurde nicht gelöscht</translation>
    </message>
</context>
<context>
    <name>kates::app::ClusterSession</name>
    <message>
        <source>No shell was opened</source>
        <translation>Keine Shell wurde geöffnet</translation>
    </message>
    <message>
        <source>“%1” is read-only here. Unlock it beside its name first.</source>
        <translation>„%1“ ist hier schreibgeschützt. Erst neben seinem Namen entsperren.</translation>
    </message>
    <message>
        <source>No port is forwarded</source>
        <translation>Kein Port wird weitergeleitet</translation>
    </message>
</context>
<context>
    <name>kates::app::ClusterTasks</name>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>Cluster %1</translation>
    </message>
</context>
<context>
    <name>kates::app::DeploySession</name>
    <message>
        <source>Choose a cluster to deploy to.</source>
        <translation>Wählen Sie einen Cluster zum Deployen.</translation>
    </message>
    <message>
        <source>pasted text</source>
        <translation>eingefügter Text</translation>
    </message>
    <message>
        <source>Waiting for the server to serve this kind …</source>
        <translation>Warten, bis der Server diese Art bedient …</translation>
    </message>
    <message>
        <source>No answer came: it may or may not have been applied. Applying again does no harm.</source>
        <translation>Es kam keine Antwort: Vielleicht wurde es angewendet, vielleicht nicht. Erneutes Anwenden schadet nicht.</translation>
    </message>
    <message>
        <source>Stopped before the end: %1 Everything that is left is still here; apply again to go on.</source>
        <translation>Vor dem Ende angehalten: %1 Der Rest ist noch hier; erneutes Anwenden setzt fort.</translation>
    </message>
    <message>
        <source>Somebody else has changed it since, so it was left as it is.</source>
        <translation>Jemand anders hat es seitdem geändert, deshalb blieb es, wie es ist.</translation>
    </message>
    <message>
        <source>Stopped before the end: %1 Undo again to go on.</source>
        <translation>Vor dem Ende angehalten: %1 Erneutes Zurücknehmen setzt fort.</translation>
    </message>
    <message>
        <source>It was new, and was deleted.</source>
        <translation>Es war neu und wurde gelöscht.</translation>
    </message>
    <message>
        <source>“%1” manages %2 here, with other values.</source>
        <translation>„%1“ verwaltet hier %2, mit anderen Werten.</translation>
    </message>
    <message>
        <source>Leave these fields out of the manifest, or take them over.</source>
        <translation>Diese Felder im Manifest weglassen oder übernehmen.</translation>
    </message>
    <message>
        <source>%1 is in line %2.</source>
        <translation>%1 steht in Zeile %2.</translation>
    </message>
    <message>
        <source>New. The server checks it once its kind is there, which comes with this deployment.</source>
        <translation>Neu. Der Server prüft es, sobald seine Art da ist; sie kommt mit diesem Deployment.</translation>
    </message>
    <message>
        <source>New. The server checks it once the namespace “%1” of this deployment is there.</source>
        <translation>Neu. Der Server prüft es, sobald der Namespace „%1“ dieses Deployments da ist.</translation>
    </message>
</context>
<context>
    <name>kates::app::DeployTask</name>
    <message>
        <source>Deploy to %1</source>
        <translation>Deployment nach %1</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
</context>
<context>
    <name>kates::app::Discovery</name>
    <message>
        <source>The server has no kind “%1” in %2.</source>
        <translation>Der Server hat keine Art „%1“ in %2.</translation>
    </message>
    <message>
        <source>The server does not know the API version “%1”.</source>
        <translation>Der Server kennt die API-Version „%1“ nicht.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>Meinten Sie %1?</translation>
    </message>
</context>
<context>
    <name>kates::app::Dock</name>
    <message>
        <source>Log: %1</source>
        <translation>Log: %1</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>Shell: %1</source>
        <translation>Shell: %1</translation>
    </message>
</context>
<context>
    <name>kates::app::Drain</name>
    <message>
        <source>%1 was not drained</source>
        <translation>%1 wurde nicht geräumt</translation>
    </message>
    <message>
        <source>Leaving</source>
        <translation>Geht</translation>
    </message>
    <message>
        <source>Asked to leave</source>
        <translation>Zum Gehen aufgefordert</translation>
    </message>
    <message>
        <source>Will be evicted</source>
        <translation>Wird verdrängt</translation>
    </message>
    <message>
        <source>%1 was drained in part</source>
        <translation>%1 wurde teilweise geräumt</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) could not be evicted.</source>
        <translation>
            <numerusform>%n Pod ließ sich nicht verdrängen.</numerusform>
            <numerusform>%n Pods ließen sich nicht verdrängen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is drained</source>
        <translation>%1 wird geräumt</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) left it.</source>
        <translation>
            <numerusform>%n Pod hat ihn verlassen.</numerusform>
            <numerusform>%n Pods haben ihn verlassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kates::app::EngineLink</name>
    <message>
        <source>The engine was started but has not become reachable. Run “kates engine” in a terminal to see why.</source>
        <translation>Die Engine wurde gestartet, ist aber nicht erreichbar geworden. „kates engine“ im Terminal zeigt, warum.</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>Die Engine läuft nicht.</translation>
    </message>
    <message>
        <source>The program “kates” was found neither beside this one nor in the PATH.</source>
        <translation>Das Programm „kates“ fand sich weder neben diesem noch im PATH.</translation>
    </message>
    <message>
        <source>“%1 engine” could not be started.</source>
        <translation>„%1 engine“ ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>The engine is not running: %1</source>
        <translation>Die Engine läuft nicht: %1</translation>
    </message>
</context>
<context>
    <name>kates::app::LogCollector</name>
    <message>
        <source>Reading on.</source>
        <translation>Es wird weitergelesen.</translation>
    </message>
    <message>
        <source>The log broke off; it is read on as soon as that works. %1</source>
        <translation>Das Log brach ab; es wird weitergelesen, sobald das geht. %1</translation>
    </message>
    <message>
        <source>The log cannot be read: %1</source>
        <translation>Das Log kann nicht gelesen werden: %1</translation>
    </message>
</context>
<context>
    <name>kates::app::LogSession</name>
    <message>
        <source>The log is in %1.</source>
        <translation>Das Log steht in %1.</translation>
    </message>
    <message>
        <source>The log was not written to %1: %2</source>
        <translation>Das Log wurde nicht nach %1 geschrieben: %2</translation>
    </message>
</context>
<context>
    <name>kates::app::ManifestReader</name>
    <message>
        <source>Addresses are not fetched: save it to a file, and drop that.</source>
        <translation>Adressen werden nicht abgerufen: in eine Datei speichern und diese ablegen.</translation>
    </message>
    <message>
        <source>This is the Helm chart %1. Deploying it takes the program helm, and there is none in the PATH.</source>
        <translation>Das ist das Helm-Chart %1. Zum Deployen braucht es das Programm helm, und im PATH ist keines.</translation>
    </message>
    <message>
        <source>This is the Helm chart %1: drop it by itself.</source>
        <translation>Das ist das Helm-Chart %1: einzeln ablegen.</translation>
    </message>
    <message>
        <source>This folder is a kustomization. Reading it takes kubectl or kustomize, and there is neither in the PATH.</source>
        <translation>Dieser Ordner ist eine Kustomization. Zum Lesen braucht es kubectl oder kustomize, und im PATH ist keines.</translation>
    </message>
</context>
<context>
    <name>kates::app::MapCanvas</name>
    <message numerus="yes">
        <source>, %n restart(s)</source>
        <translation>
            <numerusform>, %n Neustart</numerusform>
            <numerusform>, %n Neustarts</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Noch gibt es nichts zu exportieren.</translation>
    </message>
</context>
<context>
    <name>kates::app::MapModel</name>
    <message>
        <source>… and more: only the first %1 lines are listed.</source>
        <translation>… und mehr: Nur die ersten %1 Zeilen sind aufgeführt.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>kates::app::ObjectActions</name>
    <message>
        <source>%1 was not scaled</source>
        <translation>%1 wurde nicht skaliert</translation>
    </message>
    <message>
        <source>%1 was not restarted</source>
        <translation>%1 wurde nicht neu gestartet</translation>
    </message>
    <message>
        <source>%1 was not paused</source>
        <translation>%1 wurde nicht angehalten</translation>
    </message>
    <message>
        <source>%1 was not resumed</source>
        <translation>%1 wurde nicht fortgesetzt</translation>
    </message>
    <message>
        <source>%1 was not cordoned</source>
        <translation>%1 wurde nicht gesperrt</translation>
    </message>
    <message>
        <source>%1 was not uncordoned</source>
        <translation>%1 wurde nicht freigegeben</translation>
    </message>
    <message>
        <source>%1 was not evicted</source>
        <translation>%1 wurde nicht verdrängt</translation>
    </message>
    <message>
        <source>%1 was not deleted</source>
        <translation>%1 wurde nicht gelöscht</translation>
    </message>
</context>
<context>
    <name>kates::app::ObjectDetails</name>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>These kinds could not be read: %1.</source>
        <translation>Diese Arten waren nicht lesbar: %1.</translation>
    </message>
</context>
<context>
    <name>kates::app::ObjectMetrics</name>
    <message>
        <source>This cluster has no metrics: nothing serves metrics.k8s.io.</source>
        <translation>Dieser Cluster hat keine Metriken: Nichts bedient metrics.k8s.io.</translation>
    </message>
    <message>
        <source>It has not been measured yet.</source>
        <translation>Es wurde noch nicht gemessen.</translation>
    </message>
</context>
<context>
    <name>kates::app::OutsideTool</name>
    <message>
        <source>It took longer than two minutes and was ended.</source>
        <translation>Es dauerte länger als zwei Minuten und wurde beendet.</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 ließ sich nicht starten: %2</translation>
    </message>
    <message>
        <source>%1 ended with code %2.</source>
        <translation>%1 endete mit Code %2.</translation>
    </message>
    <message>
        <source>It printed more than 64 MB and was ended.</source>
        <translation>Es gab mehr als 64 MB aus und wurde beendet.</translation>
    </message>
</context>
<context>
    <name>kates::app::PortForwarder</name>
    <message>
        <source>Port %1 of this computer cannot be used: %2.</source>
        <translation>Port %1 dieses Rechners kann nicht benutzt werden: %2.</translation>
    </message>
</context>
<context>
    <name>kates::app::PortForwards</name>
    <message>
        <source>Port-forward: %1, port %2</source>
        <translation>Port-Weiterleitung: %1, Port %2</translation>
    </message>
    <message>
        <source>%1 selects no pods.</source>
        <translation>%1 wählt keine Pods aus.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Waiting for a ready pod; connections to port %1 wait, too</source>
        <translation>Wartet auf einen bereiten Pod; auch Verbindungen zu Port %1 warten</translation>
    </message>
    <message>
        <source>127.0.0.1:%1 → %2</source>
        <translation>127.0.0.1:%1 → %2</translation>
    </message>
</context>
<context>
    <name>kates::app::Protection</name>
    <message>
        <source>The protection of “%1” was not changed</source>
        <translation>Der Schutz von „%1“ wurde nicht geändert</translation>
    </message>
</context>
<context>
    <name>kates::app::RemoteActions</name>
    <message>
        <source>Your consent for “%1” was not stored</source>
        <translation>Ihre Zustimmung für „%1“ wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>“%1” was not detached</source>
        <translation>„%1“ wurde nicht gelöst</translation>
    </message>
    <message>
        <source>The credentials of “%1” are still in the engine</source>
        <translation>Die Zugangsdaten von „%1“ sind noch in der Engine</translation>
    </message>
    <message>
        <source>“%1” was not asked</source>
        <translation>„%1“ wurde nicht gefragt</translation>
    </message>
</context>
<context>
    <name>kates::app::ResourceTable</name>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
</context>
<context>
    <name>kates::app::Revisions</name>
    <message>
        <source>%1 goes back to revision %2</source>
        <translation>%1 geht zurück auf Revision %2</translation>
    </message>
    <message>
        <source>%1 was not undone</source>
        <translation>%1 wurde nicht zurückgenommen</translation>
    </message>
</context>
<context>
    <name>kates::app::TerminalSession</name>
    <message>
        <source>The shell ended with code %1.</source>
        <translation>Die Shell endete mit Code %1.</translation>
    </message>
    <message>
        <source>The shell has ended.</source>
        <translation>Die Shell ist beendet.</translation>
    </message>
    <message>
        <source>This image has no shell: there is no sh, no bash and no busybox in it. Its log can still be read.</source>
        <translation>Dieses Image hat keine Shell: weder sh noch bash noch busybox sind darin. Sein Log kann trotzdem gelesen werden.</translation>
    </message>
    <message>
        <source>No shell could be started. %1</source>
        <translation>Es konnte keine Shell gestartet werden. %1</translation>
    </message>
    <message>
        <source>The connection to the shell broke off. %1</source>
        <translation>Die Verbindung zur Shell brach ab. %1</translation>
    </message>
</context>
<context>
    <name>kates::app::WebSocket</name>
    <message>
        <source>The connection failed: %1.</source>
        <translation>Die Verbindung schlug fehl: %1.</translation>
    </message>
    <message>
        <source>The server closed the connection.</source>
        <translation>Der Server schloss die Verbindung.</translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be read.</source>
        <translation>Die Antwort des Servers ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The server does not speak the protocol that this needs.</source>
        <translation>Der Server spricht nicht das Protokoll, das hier nötig ist.</translation>
    </message>
    <message>
        <source>The server answered %1.</source>
        <translation>Der Server antwortete %1.</translation>
    </message>
    <message>
        <source>The server&apos;s message cannot be read.</source>
        <translation>Die Nachricht des Servers ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>kates::app::YamlEdit</name>
    <message>
        <source>The text must be one object.</source>
        <translation>Der Text muss ein Objekt sein.</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>Nichts würde sich ändern.</translation>
    </message>
    <message>
        <source>This is your text from before; it was not saved.</source>
        <translation>Das ist Ihr Text von vorhin; er wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Somebody changed this object since you began, so the server does not take your text as it is. Nothing is lost: look at their change, or merge it into your text, then review again.</source>
        <translation>Jemand hat dieses Objekt seit Beginn geändert, deshalb nimmt der Server Ihren Text so nicht. Nichts ist verloren: Sehen Sie die Änderung an oder führen Sie sie in Ihren Text, dann erneut prüfen.</translation>
    </message>
    <message>
        <source>Kind, name and namespace cannot be changed here. To make another object, deploy the text.</source>
        <translation>Art, Name und Namespace lassen sich hier nicht ändern. Für ein anderes Objekt den Text deployen.</translation>
    </message>
    <message>
        <source>These fields have to be put back by hand: %1.</source>
        <translation>Diese Felder sind von Hand zurückzusetzen: %1.</translation>
    </message>
    <message>
        <source>Their changes are in your text now.</source>
        <translation>Deren Änderungen stehen jetzt in Ihrem Text.</translation>
    </message>
    <message numerus="yes">
        <source>In %n place(s) that you changed too, yours stays.</source>
        <translation>
            <numerusform>An %n Stelle, die auch Sie änderten, bleibt Ihres.</numerusform>
            <numerusform>An %n Stellen, die auch Sie änderten, bleibt Ihres.</numerusform>
        </translation>
    </message>
</context>
</TS>
