/** How a built folder comes into Grafana, as text. */
export function installing(dist: string): string {
  return `To install it into Grafana:

1. Copy the folder ${dist} to quiver-sql-datasource in Grafana's plugin folder (often /var/lib/grafana/plugins):

     cp -r ${dist} /var/lib/grafana/plugins/quiver-sql-datasource

2. Tell grafana.ini to start it though it is not signed, and which directories it may read (none unless you say so):

     [plugins]
     allow_loading_unsigned_plugins = quiver-sql-datasource

     [plugin.quiver-sql-datasource]
     allowed_directories = /srv/data

3. Describe a data source in provisioning/datasources/quiver.yaml, and restart Grafana:

     apiVersion: 1
     datasources:
       - name: Quiver
         type: quiver-sql-datasource
         access: proxy
         jsonData:
           engine: duckdb
           duckdb:
             tables:
               - name: readings
                 path: /srv/data/readings.parquet`;
}
