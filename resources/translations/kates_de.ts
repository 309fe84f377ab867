<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ActionBar</name>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not read the logs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not do this.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ApiClient</name>
    <message>
        <source>This cluster is read-only here, so nothing was sent. Unlock it beside its name to change it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AttachDialog</name>
    <message>
        <source>There is a cluster of this name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach a remote cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a kubeconfig</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kubeconfig</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It logs in with a program: %1. It is not run until you have seen the command and agreed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file turns off the check of the server&apos;s certificate: anybody on the way could pretend to be this cluster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only and marked red at first. The engine keeps the credentials; this window and your file do not change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attaching …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Catalog</name>
    <message>
        <source>Workloads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChangesTab</name>
    <message>
        <source>Changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No change yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens to this object while the drawer is open is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClusterCard</name>
    <message>
        <source>Cluster %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClusterChooser</name>
    <message>
        <source>No cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the cluster to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no cluster yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, read-only</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClusterFacts</name>
    <message>
        <source>control plane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>control planes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MB of memory, %2 % of a core</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClustersPage</name>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real Kubernetes on this computer: no account, no virtual machine, no Docker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach remote …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at a cluster that a kubeconfig names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cluster yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cluster with one control plane and two nodes is ready in a second or two, and gone without a trace when you delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remote</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandHint</name>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>The window of Kates: clusters, a live map, resources and deploying.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine&apos;s connection file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system, dark, light or projector.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>en or de.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cluster to open.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Go to, find by name, label or annotation, or :po shop, :ns shop, :ctx prod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Drain %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No new pods are placed on it, and its pods are evicted. Those of DaemonSets stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything in this namespace goes with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing else is known to go with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With it goes:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Run a program to log in to %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kubeconfig says that credentials come from this command. The engine will run it as you, now and whenever they expire. Nothing has been run so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agree only if you know the program and where the file came from. Should the command ever change, you are asked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run this command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command is too long to be shown whole, so it cannot be agreed to here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContainerRow</name>
    <message>
        <source>init</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Shell in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextRow</name>
    <message>
        <source>%1, server %2, user %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (current)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CreateClusterDialog</name>
    <message>
        <source>There is a cluster of this name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One control plane: the cluster pauses while it is down. Nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 control planes agree by majority: %2 of them must be up, so %n may fail.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control planes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not available yet: this engine runs one control plane. More of them need the etcd store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real nodes: their pods are real containers with their own network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They take pods but run nothing: for scheduling at scale. Marked as simulated everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtime and networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What starts containers on the nodes. Auto takes crun, else runc.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses of pods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses of services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeleteClusterDialog</name>
    <message>
        <source>Delete %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its nodes, pods, volumes and everything stored in it go, and cannot be brought back. Images that other clusters share stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeployDetail</name>
    <message>
        <source>Take these fields over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else manages them. Applying with force makes them yours: kubectl apply --server-side --force-conflicts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeployList</name>
    <message>
        <source>Documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeployPage</name>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Apply %n object(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to apply</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeployPhase</name>
    <message>
        <source>invalid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>will be created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>will change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>applying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeployStart</name>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop manifests anywhere on the window, or paste them here. You see what would change before anything is applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose files …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See what it would change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manifests (*.yaml *.yml *.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetachDialog</name>
    <message>
        <source>Detach %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cluster itself does not change. The engine forgets it and the credentials that it keeps for it; your kubeconfig stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detach</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsDrawer</name>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Related</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YAML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DockPanel</name>
    <message>
        <source>Dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropCatcher</name>
    <message>
        <source>Drop to see what it would change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is applied before you say so.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EngineAbsent</name>
    <message>
        <source>Connecting to the engine …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine refuses this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It keeps your clusters running in the background and is all that this window talks to. No account, nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the engine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EventsTab</name>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server forgets events after a while, an hour as a rule.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Freshness</name>
    <message>
        <source>data %1 s old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data %1 min old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gauge</name>
    <message>
        <source>%1: %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find or go to anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command: :po shop, :deploy /web, :ns shop, :ctx prod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search, or filter the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters, map, resources, deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock or unlock the cluster, choose its colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close what is open on top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the next or previous control</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists and menus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose or take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything, or its real size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KindList</name>
    <message>
        <source>Kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the server what it has …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Kubeconfig</name>
    <message>
        <source>%1 does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is larger than %2 KiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It names the cluster “%1”, which the file does not hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its cluster names no usable server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs an “auth-provider”, which Kubernetes has replaced by credential plug-ins (exec).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another file, or write one that is complete: kubectl config view --minify --flatten &gt; cluster.yaml</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a readable kubeconfig: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a kubeconfig: it has no list of contexts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds no context.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds no context “%2” with a cluster.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelBar</name>
    <message>
        <source>Light %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LensBar</name>
    <message>
        <source>Placement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Search the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 lines, %2 older ones let go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No container has run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log of the container before its last restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Following</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 — Kates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kates</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapControls</name>
    <message>
        <source>Zoom out (−)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as text (T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as SVG or PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>terminating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>larger cells ask for more CPU or memory</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>No cluster is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a cluster to see its nodes and the pods on them as they come and go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has no nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map: %1 nodes, %2 pods. Press T for the same as text.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapTwin</name>
    <message>
        <source>Map as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a node or pod</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NamespaceChooser</name>
    <message>
        <source>All namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the namespaces to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type to filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the namespaces, or type a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not let you list namespaces. Type the names of those that you may see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as typed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kates</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NetworkRange</name>
    <message>
        <source>An IPv4 network is wanted, such as 10.244.0.0/16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must begin with the first address of the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is too small: at most /%1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeStack</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewTab</name>
    <message>
        <source>This object has been deleted. What is shown is how it was last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Containers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: projector, large type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language: as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock or unlock this cluster, choose its colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as typed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemNote</name>
    <message>
        <source>Fix: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProtectionDialog</name>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protection of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes are allowed. Lock it to make every action that would change or run something in it impossible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cluster is not on this computer, so it is read-only until you unlock it: other people may depend on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cluster is read-only: nothing in it can be changed or run from this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type “%1” to unlock it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the cluster to unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour around the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message>
        <source>Owned by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Owns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reached through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RelatedTab</name>
    <message>
        <source>Related objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing belongs to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RemoteCard</name>
    <message>
        <source>Client certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credential plug-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remote cluster %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detach %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RemoteCluster</name>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs your consent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuses the credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detaching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResourcesPage</name>
    <message>
        <source>No cluster is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a cluster to see what it holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the clusters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: names, labels … (/)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScaleDialog</name>
    <message>
        <source>Scale %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsMenu</name>
    <message>
        <source>Theme: as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: projector, large type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language: as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme and language</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TabStrip</name>
    <message>
        <source>Views</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableGrid</name>
    <message>
        <source>Namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, descending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, ascending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are hidden by the filter or by the chosen namespaces.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TerminalTab</name>
    <message>
        <source>Connecting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New shell</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be changed in this cluster from here. Click to unlock it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes are allowed. Click to lock this cluster or to give it a colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search  Ctrl+K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go anywhere, find by name, label or annotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys (?)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>YamlTab</name>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not change this object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold managed fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show managed fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks the server what would change; changes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object has changed on the server since you began.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YAML of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::ClusterActions</name>
    <message>
        <source>A cluster needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower-case letters, digits and “-”, beginning and ending with a letter or digit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most %1 characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It overlaps the range of the pods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was not stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was not deleted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::ClusterSession</name>
    <message>
        <source>No shell was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is read-only here. Unlock it beside its name first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::DeployFollower</name>
    <message>
        <source>deleted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::DeploySession</name>
    <message>
        <source>Choose a cluster to deploy to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server checks it once the namespace “%1” of this deployment is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pasted text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::Discovery</name>
    <message>
        <source>The server has no kind “%1” in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not know the API version “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::Dock</name>
    <message>
        <source>shell: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::EngineLink</name>
    <message>
        <source>The engine was started but has not become reachable. Run “kates engine” in a terminal to see why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program “kates” was found neither beside this one nor in the PATH.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1 engine” could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not running: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::LogCollector</name>
    <message>
        <source>Only the first %1 containers are read.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::MapCanvas</name>
    <message numerus="yes">
        <source>, %n restart(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::MapModel</name>
    <message>
        <source>… and more: only the first %1 lines are listed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::ObjectActions</name>
    <message>
        <source>%1 was not scaled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not restarted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not cordoned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not uncordoned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not evicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier revision is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not drained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draining %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) are being evicted.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was not deleted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::ObjectDetails</name>
    <message>
        <source>Deleted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::Protection</name>
    <message>
        <source>The protection of “%1” was not changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::RemoteActions</name>
    <message>
        <source>Your consent for “%1” was not stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was not detached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The credentials of “%1” are still in the engine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::TerminalSession</name>
    <message>
        <source>The shell ended with code %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shell has ended.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kates::app::YamlEdit</name>
    <message>
        <source>The text must be one object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody changed this object while you were editing. Your text is kept; copy what you need, then begin again with the new version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
